#!/usr/bin/env node
// Weighs what a visitor downloads from dist/, in gzip as static hosts send it. 1 kB = 1000 bytes.
//
// Each part has a budget, and the last size that was accepted: growing by more than 4 % fails even within the budget,
// so that every growth is somebody's decision (compilers differ by a percent or two); shrinking by 4 % asks for a lower
// figure here.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const DIST = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');

/** Everything that index.html names: styles, scripts, the program, the icon. */
function firstLoad() {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  const elements = html.match(/<(?:link|script)\b[^>]*>/g) ?? [];
  const named = elements.flatMap((element) =>
    [...element.matchAll(/\s(?:href|src|data-js|data-wasm)=(?:"([^"]*)"|'([^']*)'|([^\s>]+))/g)].map((found) => found[1] ?? found[2] ?? found[3]),
  );
  const own = named.filter((address) => !/^(?:[a-z]+:|\/\/)/i.test(address)).map((address) => address.replace(/^(?:\.?\/)+/, ''));
  const snippets = files('snippets');
  return [...new Set(['index.html', ...own, ...snippets])];
}

function files(folder) {
  try {
    return readdirSync(join(DIST, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(DIST.length + 1));
  } catch {
    return [];
  }
}

const isThere = (file) => existsSync(join(DIST, file));
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1).padStart(7)} kB`;
const weigh = (file) => {
  const bytes = readFileSync(join(DIST, file));
  return { file, raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
};

// Accepted anew when the plain build took the place of std from source, panics without words and scripts fitted to their
// programs (docs/decisions/0009-the-page-is-thin.md): they had saved 42 kB of the page and 97 kB of the worker.
// And when the sheet of a list became a component (docs/decisions/0048-typing-never-waits.md): 18 kB of the page; and when
// the page got its frame, its search, charts, the import step and an overview (docs/decisions/0047-two-workers.md, at its end).
const budgets = [
  { title: 'page, first load', budget: 532_000, accepted: 525_000, files: firstLoad(), needs: ['.html', '.css', '.js', '.wasm'] },
  // It was to have 600 kB; docs/decisions/0047-two-workers.md and 0060-workbooks-that-calculate.md say why it has more.
  { title: 'worker of the engine, fetched on first use', budget: 1_070_000, accepted: 1_060_000, files: ['worker_loader.js', 'engine.js', 'engine_bg.wasm'].filter(isThere), needs: ['_loader.js', 'engine.js', '.wasm'] },
  { title: 'worker for files, fetched with the first file that is packed', budget: 1_000_000, accepted: 683_000, files: ['files.js', 'files_bg.wasm'].filter(isThere), needs: ['.js', '.wasm'] },
  { title: 'texts of English, fetched with the worker of the engine', budget: 60_000, accepted: 43_000, files: ['locales/en.json'].filter(isThere), needs: ['.json'] },
  { title: 'table of parts, fetched by the first part number', budget: 70_000, accepted: 63_000, files: ['parts.csv'], needs: ['.csv'] },
];

let failed = 0;
for (const { title, budget, accepted, files, needs } of budgets) {
  const weighed = files.map(weigh).sort((a, b) => b.gzip - a.gzip);
  const sum = weighed.reduce((sum, { gzip }) => sum + gzip, 0);
  const missing = needs.filter((ending) => !files.some((file) => file.endsWith(ending)));
  const grown = sum > accepted * 1.04;
  const good = sum <= budget && !grown && missing.length === 0;
  if (!good) failed += 1;
  console.log(`${title}: ${kilobytes(sum).trim()} of ${kilobytes(budget).trim()} in gzip${good ? '' : '  <- FAILED'}`);
  if (sum > budget) console.log(`  over budget by ${kilobytes(sum - budget).trim()}`);
  if (grown) console.log(`  it has grown by more than 4 %: the accepted figure in scripts/size.mjs is ${kilobytes(accepted).trim()}`);
  if (sum < accepted * 0.96) console.log(`  it has shrunk: lower the accepted figure in scripts/size.mjs to ${Math.ceil(sum / 1000)}_000`);
  for (const ending of missing) console.log(`  no file *${ending} was found`);
  for (const { file, raw, gzip } of weighed) console.log(`  ${kilobytes(gzip)}  (${kilobytes(raw).trim()} raw)  ${file}`);
}
console.log(`${budgets.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
