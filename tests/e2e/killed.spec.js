// The browser is killed while it saves: after that what read "Saved" is there, each change is there whole or not at all, and
// the estate opens as if nothing had been.
//
// `make soak` kills it ten times as often as `make test`. HIGHWATER_KILL_SEEDS=7 runs this sequence.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';
import { seeds, throws } from './fixtures/dice.js';
import { drop, expect, messages, paste, saved, status, test, visit } from './fixtures/journey.js';
import { Tables } from './fixtures/tables.js';

const KILLS = 5;
const ROWS = 12;
const line = (row) => ['2026-01-01', `Site ${row}`, `D${row}`, '1', `${row}`];

/** A browser of its own with a folder that outlives it. */
class Browser {
  static async start({ executablePath, args }, folder) {
    const options = ['--headless=new', `--user-data-dir=${folder}`, '--remote-debugging-port=0', '--lang=en-GB', ...args, 'about:blank'];
    const started = new Browser();
    // A group of its own, so that nothing of it lives on to write what it had in hand.
    started.process = spawn(executablePath, options, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    for await (const line of createInterface({ input: started.process.stderr })) {
      const [, address] = /DevTools listening on (\S+)/.exec(line) ?? [];
      if (!address) continue;
      started.process.stderr.resume();
      started.connection = await chromium.connectOverCDP(address);
      started.page = started.connection.contexts()[0].pages()[0];
      return started;
    }
    throw new Error('the browser has ended before it could be asked anything');
  }

  async kill() {
    const ended = once(this.process, 'exit');
    process.kill(-this.process.pid, 'SIGKILL');
    await ended;
    await this.connection.close().catch(() => {});
  }
}

const sheet = (page) => page.getByRole('region', { name: 'Orders', exact: true });
const cell = (page, row, column) => sheet(page).locator(`td[data-at="${row},${column}"]`);

/** What stands in the columns of text, row by row. */
async function shown(page, rows) {
  const texts = new Map(await sheet(page).locator('td[data-at]').evaluateAll((cells) => cells.map((cell) => [cell.dataset.at, cell.textContent])));
  return Array.from({ length: rows }, (_, row) => [1, 2].map((column) => texts.get(`${row},${column}`)));
}

const expected = (tables) => tables.list.lines.map((cells) => cells.slice(1, 3));

for (const seed of seeds('HIGHWATER_KILL_SEEDS', 1, 10)) {
  test(`a browser that is killed while it saves has kept what read "Saved", and no half of a change (seed ${seed})`, async ({}, info) => {
    test.setTimeout(180_000);
    const dice = throws(seed);
    const folder = info.outputPath('profile');
    const start = () => Browser.start(info.project.use.launchOptions, folder);
    const tables = new Tables({ orders: { needed: [0], numbers: [], lines: Array.from({ length: ROWS }, (_, row) => line(row)) } }, 1);
    tables.open('orders');
    let browser = await start();
    try {
      await visit(browser.page);
      await drop(browser.page, { name: 'orders.csv', body: ['date,site,part_number,quantity,points', ...tables.list.lines].join('\n') });
      await expect(cell(browser.page, ROWS - 1, 1)).toHaveText(`Site ${ROWS - 1}`);
      await saved(browser.page);
      for (let kill = 1; kill <= KILLS; kill += 1) {
        const { page } = browser;
        // What the estate may be after each change; those before the last that read "Saved" it may not be any more.
        let states = [expected(tables)];
        const listen = async (frames) => {
          const text = await page.evaluate(async (frames) => {
            for (; frames > 0; frames -= 1) await new Promise((done) => requestAnimationFrame(done));
            return document.querySelector('header [role="status"]').textContent;
          }, frames);
          if (/^Saved/.test(text)) states = states.slice(-1);
        };
        for (let edits = 1 + dice(4); edits > 0; edits -= 1) {
          const [row, name] = [dice(ROWS - 3), `k${kill}e${edits}`];
          await cell(page, row, 1).click();
          if (dice(2) === 0) {
            await page.keyboard.type(name);
            await page.keyboard.press('Enter');
            tables.put(row, 1, [[name]]);
          } else {
            // One change of many cells is there as a whole or not at all.
            const block = Array.from({ length: 4 }, (_, below) => [`${name} ${below}`, `D${kill}${below}`]);
            await paste(page, block.map((cells) => `${cells.join('\t')}\r\n`).join(''));
            tables.put(row, 1, block);
          }
          states.push(expected(tables));
          // It is killed before a save, within it and after it.
          if (dice(2) === 0) await listen(dice(4));
        }
        await browser.kill();
        browser = await start();
        await visit(browser.page, '#/volume-level');
        await expect(status(browser.page)).toHaveText(/^Saved/);
        await expect(cell(browser.page, ROWS - 1, 1)).not.toHaveText('');
        const found = await shown(browser.page, ROWS);
        const known = states.findIndex((state) => JSON.stringify(state) === JSON.stringify(found));
        if (process.env.HIGHWATER_TRACE) console.log(`${known} of ${states.length}`);
        expect(known, `${JSON.stringify(found)} is none of ${JSON.stringify(states)}`).toBeGreaterThanOrEqual(0);
        await expect(messages(browser.page)).toHaveText('');
        for (const [row, cells] of found.entries()) tables.list.lines[row].splice(1, 2, ...cells);
      }
    } finally {
      await browser.kill();
    }
  });
}
