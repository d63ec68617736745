#!/usr/bin/env node
// Writes the texts of each language as one file into the folder that trunk builds: locales/en.json. A text that a language
// lacks is there in English. Trunk runs this as a hook (Trunk.toml).
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCES = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'i18n', 'locales');
const target = process.env.TRUNK_STAGING_DIR;
if (!target) throw new Error('trunk runs this: TRUNK_STAGING_DIR says where to');

const texts = (language) =>
  readdirSync(join(SOURCES, language))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(SOURCES, language, name), 'utf8')));

mkdirSync(join(target, 'locales'), { recursive: true });
const english = texts('en');
for (const language of readdirSync(SOURCES)) {
  const whole = Object.assign({}, ...english, ...texts(language));
  writeFileSync(join(target, 'locales', `${language}.json`), JSON.stringify(whole));
}
