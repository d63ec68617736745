#!/usr/bin/env node
// Prints what an edit costs in the built page, at three sizes of a ledger: how long from Enter until the cell shows what was
// typed, and until it counts and is saved; undo until it is shown; and the memory of the page. A report,
// not a gate. `bench_page.mjs 20,10000` measures these sizes. Needs the npm packages of tests/e2e (scripts/toolchain.sh tests).
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { serve } from './serve.mjs';

const { chromium } = createRequire(new URL('../tests/e2e/package.json', import.meta.url))('playwright-core');
const SIZES = (process.argv[2] ?? '20,10000,100000').split(',').map(Number);
const EDITS = 20;
const HEADER = 'product,metric,quantity,part_number,site,proof\n';

/** A ledger of so many lines, some on every product. */
const ledger = (count) =>
  HEADER + Array.from({ length: count }, (_, row) => `Product ${row % 500},PVU,${100 + (row % 7)},D${row},Site ${row % 40},PoE ${row}\n`).join('');

const at = (times, share) => times.toSorted((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * share))];
const told = (name, times) => `${name} ${at(times, 0.5).toFixed(0)} ms (p95 ${at(times, 0.95).toFixed(0)})`;

const { url, close } = await serve({ dir: fileURLToPath(new URL('../dist', import.meta.url)), port: 0 });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--enable-precise-memory-info'] });
try {
  for (const size of SIZES) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(url);
    await page.getByRole('link', { name: 'Skip to the content' }).waitFor({ state: 'attached' });
    const begun = performance.now();
    await page.evaluate((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'ledger.csv'));
      document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
    }, ledger(size));
    const cell = page.locator('td[data-at="0,1"]').first();
    await cell.filter({ hasText: 'Product' }).waitFor({ timeout: 120_000 });
    const opened = performance.now() - begun;
    const saved = page.locator('header [role="status"]').filter({ hasText: /^Saved/ });
    await saved.waitFor({ timeout: 120_000 });
    // The page takes the times itself, frame by frame: a message to a script outside would be part of them.
    await page.evaluate(() => {
      const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
      const until = async (begun, is) => {
        while (!is() && performance.now() - begun < 30_000) await frame();
        return performance.now() - begun;
      };
      const status = () => document.querySelector('header [role="status"]').textContent;
      window.after = (event, row, is) =>
        new Promise((done) =>
          document.addEventListener(
            event,
            async () => {
              const begun = performance.now();
              await frame();
              const shown = await until(begun, () => is(document.querySelector(`td[data-at="${row},1"]`)?.textContent));
              done({ shown, saved: await until(begun, () => status().startsWith('Saved')) });
            },
            { capture: true, once: true },
          ),
        );
    });
    const times = { shown: [], saved: [], undone: [] };
    await page.locator('td[data-at="0,1"]').click();
    for (let row = 0; row < EDITS; row += 1) {
      await page.keyboard.type(`Product ${row + 1}`);
      await page.evaluate((row) => void (window.timed = window.after('keydown', row, (text) => text === `Product ${row + 1}`)), row);
      await page.keyboard.press('Enter');
      const { shown, saved } = await page.evaluate(() => window.timed);
      times.shown.push(shown);
      times.saved.push(saved);
    }
    for (let row = EDITS - 1; row >= EDITS - 5; row -= 1) {
      await page.evaluate((row) => void (window.timed = window.after('click', row, (text) => text === `Product ${row % 500}`)), row);
      await page.getByRole('button', { name: /^Undo/ }).click();
      times.undone.push((await page.evaluate(() => window.timed)).shown);
    }
    times.memory = await page.evaluate(() => performance.memory?.usedJSHeapSize ?? 0);
    console.log(`bench: ${size.toLocaleString('en')} lines: opened in ${opened.toFixed(0)} ms; ${told('shown', times.shown)}, ${told('saved', times.saved)}, ${told('undone', times.undone)}; page ${(times.memory / 1e6).toFixed(0)} MB`);
    await page.close();
  }
} finally {
  await browser.close();
  await close();
}
