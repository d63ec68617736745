#!/usr/bin/env node
// Prints what the forecast of a large ledger costs in the worker of the built page after one assumption was changed: the
// forecast itself, by a profile of the engine with the names of its functions, and how long the worker is at the screen of
// renewals with it, beside an edit of which the forecast does not follow. A report, not a gate.
// `bench_forecast.mjs target/bench/ledger [rounds]`: the folder is what HIGHWATER_LEDGER writes. Needs a release build in
// target/wasm and dist, wasm-bindgen and wasm-opt on the path, and the npm packages of tests/e2e (scripts/toolchain.sh tests).
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
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

/** A copy of the release whose engine keeps the names of its functions: the same code. */
function named() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const dir = mkdtempSync(join(tmpdir(), 'highwater-'));
  cpSync(join(root, 'dist'), dir, { recursive: true });
  const program = join(root, 'target/wasm/wasm32-unknown-unknown/release/engine.wasm');
  execFileSync('wasm-bindgen', [program, '--target', 'no-modules', '--no-typescript', '--keep-debug', '--out-dir', dir]);
  const page = readFileSync(join(root, 'index.html'), 'utf8');
  const [, level, features] = /data-bin="engine".*data-wasm-opt="(.)" data-wasm-opt-params="([^"]*)"/.exec(page);
  const bound = join(dir, 'engine_bg.wasm');
  execFileSync('wasm-opt', [`-O${level}`, '--debuginfo', ...features.split(' '), bound, '-o', bound]);
  return dir;
}

const dir = named();
const { url, close } = await serve({ dir, port: 0 });
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
  const turns = async () => {
    const times = [];
    for (let round = 0; round < rounds; round += 1) {
      times.push(await longest('Control+z'), await longest('Control+Shift+z'));
    }
    return times;
  };
  // The profile of the engine meanwhile, and the milliseconds in it for a function with all that it calls.
  const profiled = async (work) => {
    const { targetInfos } = await session.send('Target.getTargets');
    const { targetId } = targetInfos.find(({ type, url }) => type === 'worker' && url.includes('engine'));
    const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false });
    const asked = new Map();
    session.on('Target.receivedMessageFromTarget', ({ message }) => {
      const { id, result } = JSON.parse(message);
      asked.get(id)?.(result);
    });
    const ask = (method, params = {}) =>
      new Promise((answer) => {
        const id = asked.size + 1;
        asked.set(id, answer);
        void session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) });
      });
    await ask('Profiler.enable');
    await ask('Profiler.setSamplingInterval', { interval: 500 });
    await ask('Profiler.start');
    const done = await work();
    const { profile } = await ask('Profiler.stop');
    const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
    const own = new Map();
    profile.samples.forEach((id, place) => own.set(id, (own.get(id) ?? 0) + profile.timeDeltas[place] / 1000));
    const whole = ({ id, children = [] }) => children.reduce((sum, child) => sum + whole(nodes.get(child)), own.get(id) ?? 0);
    const within = (name, node) =>
      node.callFrame.functionName.includes(name) ? whole(node) : (node.children ?? []).reduce((sum, child) => sum + within(name, nodes.get(child)), 0);
    return { done, within: (name) => within(name, profile.nodes[0]) };
  };
  await drop(files);
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Renewals' }).click();
  await page.getByRole('heading', { name: 'Renewals', level: 1 }).waitFor();
  await idle();
  // To undo a change and to make it again is an edit each.
  await drop([{ name: 'uplift.csv', text: UPLIFT }]);
  // Until the browser has compiled anew what is called often.
  await turns();
  const { done: renewed, within } = await profiled(turns);
  await drop([{ name: 'contacts.csv', text: CONTACTS }]);
  const drawn = await turns();
  console.log(
    `bench: a forecast in the worker after one assumption: ${(within('::amounts::assumed_again') / renewed.length).toFixed(1)} ms; ` +
      `with the screen ${told(renewed)}, and ${told(drawn)} after an edit of which it does not follow`,
  );
} finally {
  await browser.close();
  await close();
  rmSync(dir, { recursive: true });
}
