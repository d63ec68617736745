#!/usr/bin/env node
// Prints what the forecast of a large ledger costs in the worker of the built page: how long the worker is at the screen of
// renewals after an assumption is changed, and how much of the processor it takes for the whole of such an edit, beside an
// edit of which the forecast does not follow; the difference is what the forecast itself takes. A report, not a gate.
// `bench_forecast.mjs target/bench/ledger [rounds]`: the folder is what HIGHWATER_LEDGER writes. Needs the npm packages of
// tests/e2e (scripts/toolchain.sh tests), and Linux for the processor's time.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from './serve.mjs';

const { chromium } = createRequire(new URL('../tests/e2e/package.json', import.meta.url))('playwright-core');
const folder = process.argv[2] ?? 'target/bench/ledger';
const rounds = Number(process.argv[3] ?? 15);
// It begins after the one of the ledger, and so holds in its place.
const UPLIFT = 'name,scope,from,low,expected,high\nuplift,,2020-01-01,4,7,10\n';
const CONTACTS = 'agreement,contact,role\nA1,Ada,buyer\n';

const files = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
const at = (times, share) => times.toSorted((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * share))];
const told = (times) => `${at(times, 0.5).toFixed(1)} ms (least ${at(times, 0).toFixed(1)}, p95 ${at(times, 0.95).toFixed(1)})`;

/** Runs in the page before its own scripts: when each request of a worker was sent, and when it was answered. */
function watch() {
  window.asked = [];
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function postMessage(message, ...rest) {
    if (!this.watched) {
      this.watched = true;
      this.addEventListener('message', ({ data: [id, last] }) => {
        const request = window.asked.find((one) => one.worker === this && one.id === id);
        if (request && last) request.answered = performance.now();
      });
    }
    window.asked.push({ worker: this, id: message[0], sent: performance.now() });
    return post.call(this, message, ...rest);
  };
}

const { url, close } = await serve({ dir: fileURLToPath(new URL('../dist', import.meta.url)), port: 0 });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
const session = await browser.newBrowserCDPSession();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript(watch);
  await page.goto(url);
  await page.getByRole('link', { name: 'Skip to the content' }).waitFor({ state: 'attached' });
  // Until something was asked, and nothing was asked or answered for a while.
  const idle = () =>
    page.waitForFunction(
      () => {
        const last = Math.max(...window.asked.map(({ sent, answered }) => Math.max(sent, answered ?? Infinity)));
        return window.asked.length > 0 && performance.now() - last > 400;
      },
      null,
      { timeout: 120_000, polling: 50 },
    );
  const drop = async (dropped) => {
    await page.evaluate((dropped) => {
      const transfer = new DataTransfer();
      for (const { name, text } of dropped) transfer.items.add(new File([text], name));
      document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
    }, dropped);
    await idle();
  };
  // How long the worker was at its longest request after a key: one after the other, so that none waits within another's time.
  const longest = async (key) => {
    await page.evaluate(() => void (window.asked = []));
    await page.keyboard.press(key);
    await idle();
    return page.evaluate(() => {
      const times = window.asked.toSorted((one, other) => one.answered - other.answered);
      return Math.max(...times.map(({ sent, answered }, place) => answered - Math.max(sent, times[place - 1]?.answered ?? 0)));
    });
  };
  // The processor's time of all web workers, in ms: on a machine that does other things too, the clock measures those.
  const worked = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const folders = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => `/proc/${id}/task`);
    const threads = folders.flatMap((folder) => readdirSync(folder).map((thread) => `${folder}/${thread}`));
    const workers = threads.filter((thread) => readFileSync(`${thread}/comm`, 'utf8').startsWith('DedicatedWorker'));
    return workers.reduce((sum, thread) => sum + Number(readFileSync(`${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6, 0);
  };
  const turns = async () => {
    const times = [];
    const before = await worked();
    for (let round = 0; round < rounds; round += 1) {
      times.push(await longest('Control+z'), await longest('Control+Shift+z'));
    }
    return { times, each: ((await worked()) - before) / times.length };
  };
  await drop(files);
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Renewals' }).click();
  await page.getByRole('heading', { name: 'Renewals', level: 1 }).waitFor();
  await idle();
  // To undo a change and to make it again is an edit each.
  await drop([{ name: 'uplift.csv', text: UPLIFT }]);
  // Until the browser has compiled anew what is called often.
  await turns();
  const renewed = await turns();
  await drop([{ name: 'contacts.csv', text: CONTACTS }]);
  const drawn = await turns();
  console.log(
    `bench: a forecast in the worker: answered in ${told(renewed.times)} after one assumption, in ${told(drawn.times)} where it is kept; ` +
      `the processor ${renewed.each.toFixed(1)} ms an edit and ${drawn.each.toFixed(1)}: the forecast itself ${(renewed.each - drawn.each).toFixed(1)} ms`,
  );
} finally {
  await browser.close();
  await close();
}
