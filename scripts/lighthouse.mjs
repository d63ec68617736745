#!/usr/bin/env node
// Prints the four Lighthouse scores of the built page, mobile preset. A report, not a gate.
//
// Lighthouse is installed once into the cache folder that scripts/toolchain.sh uses too: the tests need it not.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { serve } from './serve.mjs';

const VERSION = '12.8.2'; // 13 needs Node.js 22
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const MEASURES = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift', 'interactive'];

const cache = process.env.HIGHWATER_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'highwater');
const place = join(cache, `lighthouse-${VERSION}`);
if (!existsSync(join(place, '.complete'))) {
  console.log(`lighthouse: npm install lighthouse ${VERSION} (once)`);
  mkdirSync(place, { recursive: true });
  execFileSync('npm', ['install', '--prefix', place, '--no-audit', '--no-fund', '--no-save', '--silent', `lighthouse@${VERSION}`], { stdio: 'inherit' });
  writeFileSync(join(place, '.complete'), '');
}

const { url, close } = await serve({ dir: fileURLToPath(new URL('../dist', import.meta.url)), port: 0 });
const report = join(tmpdir(), `highwater-lighthouse-${process.pid}.json`);
try {
  console.log(`lighthouse: ${url}, mobile preset`);
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const given = ['--quiet', '--output=json', `--output-path=${report}`, '--no-enable-error-reporting',
    `--only-categories=${CATEGORIES.join(',')}`, `--chrome-flags=${flags.join(' ')}`];
  const program = join(place, 'node_modules', 'lighthouse', 'cli', 'index.js');
  const environment = { ...process.env, CHROME_PATH: process.env.CHROMIUM ?? '/usr/bin/chromium' };
  await promisify(execFile)(process.execPath, [program, url, ...given], { env: environment, timeout: 300_000 });

  const { categories, audits } = JSON.parse(readFileSync(report, 'utf8'));
  for (const name of CATEGORIES) console.log(`${String(Math.round(categories[name].score * 100)).padStart(4)}  ${categories[name].title}`);
  console.log(MEASURES.filter((name) => audits[name]).map((name) => `${audits[name].title}: ${audits[name].displayValue}`).join(' · '));
  const weak = Object.values(audits).filter(({ score, scoreDisplayMode }) => score !== null && score < 0.9 && ['binary', 'numeric', 'metricSavings'].includes(scoreDisplayMode));
  for (const { title, displayValue } of weak) console.log(`  below 90: ${title}${displayValue ? ` (${displayValue})` : ''}`);
} finally {
  await close();
}
