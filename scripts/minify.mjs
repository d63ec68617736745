#!/usr/bin/env node
// Makes the programs and scripts of dist/ smaller: programs and the scripts that wasm-bindgen writes for them together,
// other scripts by themselves. What has a name by its content gets a new one, and dist/index.html the new checksums.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fit } from './glue.mjs';

const { transformSync } = createRequire(join(process.env.ESBUILD, 'package.json'))('esbuild');
const DIST = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
/** Where trunk has wasm-bindgen write: the scripts as they were before it minified some of them. */
const WRITTEN = join(process.env.CARGO_TARGET_DIR, 'wasm-bindgen', 'release');
const HASHED = /-[0-9a-f]{16}(?=(?:_bg)?\.\w+$)/;

const path = (name) => join(DIST, name);
const checksum = (bytes) => createHash('sha384').update(bytes).digest('base64');
const checksums = () => new Map(readdirSync(DIST).filter((name) => /\.(?:js|wasm)$/.test(name)).map((name) => [name, checksum(readFileSync(path(name)))]));

const before = checksums();
for (const name of before.keys()) {
  if (!name.endsWith('.js')) continue;
  const program = path(name.replace(/\.js$/, '_bg.wasm'));
  const script = existsSync(program) ? fit(readFileSync(join(WRITTEN, name.replace(HASHED, '')), 'utf8'), program) : readFileSync(path(name), 'utf8');
  const { code } = transformSync(script, { minify: true, legalComments: 'none' });
  writeFileSync(path(name), code);
}

let html = readFileSync(path('index.html'), 'utf8');
for (const [name, after] of checksums()) {
  html = html.replaceAll(before.get(name), after);
  if (!HASHED.test(name)) continue;
  const renamed = name.replace(HASHED, `-${Buffer.from(after, 'base64').toString('hex').slice(0, 16)}`);
  renameSync(path(name), path(renamed));
  html = html.replaceAll(name, renamed);
}
writeFileSync(path('index.html'), html);
