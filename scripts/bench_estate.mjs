#!/usr/bin/env node
// Prints what a large estate costs in the built page: from its choice until the position shows it, until it is saved, and
// from a reload until it is shown again; the longest task of the page, and the most memory of the browser's process that
// page and workers share. A report, not a gate. `bench_estate.mjs target/bench/estate.csv [rounds]`. Needs the npm
// packages of tests/e2e (scripts/toolchain.sh tests), and Linux for the memory.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { serve } from './serve.mjs';

const { chromium } = createRequire(new URL('../tests/e2e/package.json', import.meta.url))('playwright-core');
const estate = process.argv[2] ?? 'target/bench/estate.csv';
const rounds = Number(process.argv[3] ?? 1);
const WAIT = { timeout: 120_000 };

/** The most memory that a process had, in MB. */
const peak = (pid) => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1000;

/** The processor time of a process' web workers, in ms: on a machine that does other things too, the rest measures those. */
const worked = (pid) =>
  readdirSync(`/proc/${pid}/task`)
    .map((thread) => readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8'))
    .filter((stat) => /\(DedicatedWorker/.test(stat))
    .map((stat) => stat.split(') ')[1].split(' '))
    .reduce((sum, fields) => sum + 10 * (Number(fields[11]) + Number(fields[12])), 0);

/** Runs in the page before its own scripts: what took how long. */
function watch() {
  window.longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
  }).observe({ type: 'longtask', buffered: true });
  document.addEventListener('change', () => (window.begun = performance.now()), { capture: true });
  new MutationObserver(() => {
    window.shown ??= document.querySelector('main table tbody tr') ? performance.now() : undefined;
    window.saved ??= /^Saved/.test(document.querySelector('header [role="status"]')?.textContent ?? '') ? performance.now() : undefined;
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

/** Whether what was parsed of the estate is kept beside it: from then on a reload reads no file. */
async function isParsed() {
  const ask = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  const database = await ask(indexedDB.open('highwater'));
  const keys = await ask(database.transaction('files').objectStore('files').getAllKeys());
  database.close();
  return keys.some((key) => key.includes('/'));
}

const { url, close } = await serve({ dir: fileURLToPath(new URL('../dist', import.meta.url)), port: 0 });
const seconds = (time) => `${(time / 1000).toFixed(1)} s`;
try {
  for (let round = 0; round < rounds; round += 1) {
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.addInitScript(watch);
    await page.goto(url);
    await page.getByRole('link', { name: 'Skip to the content' }).waitFor({ state: 'attached' });
    // The start is none of it.
    await page.evaluate(() => new Promise((done) => requestIdleCallback(() => setTimeout(done, 500))));
    await page.evaluate(() => ([window.longest, window.shown, window.saved] = [0]));
    await page.locator('input[type=file]').first().setInputFiles(estate);
    await page.waitForFunction(() => window.shown, null, WAIT);
    await page.waitForFunction(() => window.saved, null, WAIT);
    const cdp = await browser.newBrowserCDPSession();
    const renderers = async () => (await cdp.send('SystemInfo.getProcessInfo')).processInfo.filter(({ type }) => type === 'renderer');
    const memory = async () => Math.max(...(await renderers()).map(({ id }) => peak(id)));
    const drop = await page.evaluate(() => ({ shown: window.shown - window.begun, saved: window.saved - window.begun, longest: window.longest }));
    const used = await memory();
    const work = async () => (await renderers()).reduce((sum, { id }) => sum + worked(id), 0);
    const once = await work();
    while (!(await page.evaluate(isParsed))) await setTimeout(100);
    await page.reload();
    await page.waitForFunction(() => window.shown, null, WAIT);
    const again = await page.evaluate(() => ({ shown: window.shown, longest: window.longest }));
    console.log(
      `bench: ${(statSync(estate).size / 1e6).toFixed(0)} MB: shown in ${seconds(drop.shown)}, saved in ${seconds(drop.saved)}, the worker's processor ${seconds(once)}, longest task ${drop.longest.toFixed(0)} ms, peak ${used.toFixed(0)} MB; ` +
        `reload ${seconds(again.shown)}, processor ${seconds(await work())}, longest task ${again.longest.toFixed(0)} ms, peak ${(await memory()).toFixed(0)} MB`,
    );
    await browser.close();
  }
} finally {
  await close();
}
