#!/usr/bin/env node
// Prints what an edit costs in the built page, at three sizes of a ledger: how long from Enter until the cell shows what was
// typed, and until it counts and is saved; undo and a filter until they are shown; how long rows are blank while the
// scrollbar is dragged through all of it, and after a jump; and the memory of page and workers. A report, not a gate. `bench_page.mjs 20,10000` measures these sizes. Needs the npm packages of tests/e2e (scripts/toolchain.sh tests).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { serve } from './serve.mjs';

const { chromium } = createRequire(new URL('../tests/e2e/package.json', import.meta.url))('playwright-core');
const SIZES = (process.argv[2] ?? '20,10000,100000').split(',').map(Number);
const MOST_EDITS = 100;
const FRAMES = 60;
const HEADER = 'product,metric,quantity,part_number,site,poe\n';

/** A ledger of so many lines, some on every product. */
const ledger = (count) =>
  HEADER + Array.from({ length: count }, (_, row) => `Product ${row % 500},PVU,${100 + (row % 7)},D${row},Site ${row % 40},PoE ${row}\n`).join('');

const at = (times, share) => times.toSorted((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * share))];
const told = (name, times) => `${name} ${at(times, 0.5).toFixed(0)} ms (p95 ${at(times, 0.95).toFixed(0)})`;

/** What the processes of pages hold for themselves, workers and their WebAssembly included, in bytes. */
async function memory(session) {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const held = ({ id }) => Number(/^Private_Dirty:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))[1]) * 1024;
  return Math.max(...processInfo.filter(({ type }) => type === 'renderer').map(held));
}

const { url, close } = await serve({ dir: fileURLToPath(new URL('../dist', import.meta.url)), port: 0 });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
const session = await browser.newBrowserCDPSession();
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
      const scroller = document.querySelector('.window.sheet');
      const blank = () => {
        const { left, top, width, height } = scroller.getBoundingClientRect();
        return [0.25, 0.5, 0.75].some((share) => !document.elementFromPoint(left + width / 2, top + height * share)?.closest('[data-at]'));
      };
      // Drags through all rows in so many frames, then waits for the rows; those frames in which any were blank.
      window.drag = async (frames) => {
        scroller.scrollTop = 0;
        await until(performance.now(), () => !blank());
        let count = 0;
        for (let at = 1; at <= frames; at += 1) {
          scroller.scrollTop = ((scroller.scrollHeight - scroller.clientHeight) * at) / frames;
          await frame();
          count += Number(blank());
        }
        return { blank: count, after: await until(performance.now(), () => !blank()) };
      };
    });
    const edits = Math.min(MOST_EDITS, size);
    const times = { shown: [], saved: [], undone: [], filtered: [], jumped: [] };
    await page.locator('td[data-at="0,1"]').click();
    for (let row = 0; row < edits; row += 1) {
      await page.keyboard.type(`Product ${row + 1}`);
      await page.evaluate((row) => void (window.timed = window.after('keydown', row, (text) => text === `Product ${row + 1}`)), row);
      await page.keyboard.press('Enter');
      const { shown, saved } = await page.evaluate(() => window.timed);
      times.shown.push(shown);
      times.saved.push(saved);
    }
    for (let row = edits - 1; row >= edits - 5; row -= 1) {
      await page.evaluate((row) => void (window.timed = window.after('click', row, (text) => text === `Product ${row % 500}`)), row);
      await page.getByRole('button', { name: /^Undo/ }).click();
      times.undone.push((await page.evaluate(() => window.timed)).shown);
    }
    const held = await memory(session);
    const { blank } = await page.evaluate((frames) => window.drag(frames), FRAMES);
    // One frame from top to bottom: a jump.
    for (let jump = 0; jump < 5; jump += 1) times.jumped.push((await page.evaluate(() => window.drag(1))).after);
    for (const number of [19, 18, 17]) {
      await page.evaluate((number) => void (window.timed = window.after('input', 0, (text) => text === `Product ${number}`)), number);
      await page.getByRole('searchbox').first().fill(`product ${number}`);
      times.filtered.push((await page.evaluate(() => window.timed)).shown);
    }
    console.log(
      `bench: ${size.toLocaleString('en')} lines: opened in ${opened.toFixed(0)} ms; ${told('shown', times.shown)}, ${told('saved', times.saved)}, ${told('undone', times.undone)}, ${told('filtered', times.filtered)}; ` +
        `blank in ${blank} of ${FRAMES} frames of a drag, ${told('after a jump', times.jumped)}; ${(held / 1e6).toFixed(0)} MB`,
    );
    await page.close();
  }
} finally {
  await browser.close();
  await close();
}
