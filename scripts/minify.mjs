#!/usr/bin/env node
// Makes the scripts of dist/ smaller, those that wasm-bindgen writes first of all, and puts their new checksums into
// dist/index.html. trunk's own minifier leaves them as they are.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { transformSync } = createRequire(join(process.env.ESBUILD, 'package.json'))('esbuild');
const DIST = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const checksum = (text) => `sha384-${createHash('sha384').update(text).digest('base64')}`;

let html = readFileSync(join(DIST, 'index.html'), 'utf8');
for (const name of readdirSync(DIST).filter((name) => name.endsWith('.js'))) {
  const path = join(DIST, name);
  const before = readFileSync(path, 'utf8');
  const { code } = transformSync(before, { minify: true, legalComments: 'none' });
  writeFileSync(path, code);
  html = html.replaceAll(checksum(before), checksum(code));
}
writeFileSync(join(DIST, 'index.html'), html);
