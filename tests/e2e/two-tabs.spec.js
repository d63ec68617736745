// Two tabs on one estate at once: whatever read "Saved" in a tab is there when the tab is loaded again, in the estate or in
// the copy that was made of the later tab's work (docs/decisions/0030-several-workspaces.md).
//
// HIGHWATER_TAB_SEEDS=7 runs this sequence; `make soak` runs forty, which is a thousand edits in each tab.
import { seeds, throws } from './fixtures/dice.js';
import { drop, expect, saved, started, status, test, visit } from './fixtures/journey.js';

const EDITS = 25;
const ROWS = 20;
const ORDERS = ['date,site,part_number,quantity,points', ...Array.from({ length: ROWS }, (_, row) => `2026-01-01,Site,D${row},1,1`)].join('\n');

/** A tab that types into rows of its own, and remembers what it read. */
class Tab {
  /** What was typed into each cell in turn, and how many of all texts have read "Saved". */
  typed = [];
  acknowledged = 0;

  constructor(page, first, seed) {
    this.page = page;
    this.first = first;
    this.dice = throws(seed);
    this.sheet = page.getByRole('region', { name: 'Orders', exact: true });
  }

  cell(row, column) {
    return this.sheet.locator(`td[data-at="${row},${column}"]`);
  }

  async work() {
    for (let edit = 0; edit < EDITS; edit += 1) {
      const [row, column] = [this.first + 2 * this.dice(ROWS / 2), 1 + this.dice(2)];
      const text = `${this.first}x${edit}`;
      // A click would wait for frames, of which a tab behind another one has one a second.
      await this.cell(row, column).dispatchEvent('mousedown');
      await this.page.keyboard.type(text);
      await this.page.keyboard.press('Enter');
      this.typed.push([row, column, text]);
      if (this.dice(4) === 0) await saved(this.page);
      await this.listen();
      if (this.dice(8) === 0) await this.reload();
    }
    await saved(this.page);
    await this.listen();
    await this.reload();
    await saved(this.page);
  }

  /** Notes what the header says now. */
  async listen() {
    const count = this.typed.length;
    if (/^Saved/.test(await status(this.page).textContent())) this.acknowledged = count;
  }

  /** Loads the page again, and compares what it has with what it called saved: a later text may stand in a cell, no earlier one. */
  async reload() {
    await this.page.reload();
    await started(this.page);
    await expect(this.cell(ROWS - 1, 1)).not.toHaveText('');
    const texts = await this.sheet.locator('td[data-at]').evaluateAll((cells) => cells.map((cell) => [cell.dataset.at, cell.textContent]));
    const there = new Map(texts);
    const lost = this.typed.slice(0, this.acknowledged).filter(([row, column], index) => {
      const later = this.typed.slice(index).filter(([otherRow, otherColumn]) => row === otherRow && column === otherColumn);
      return !later.some(([, , known]) => known === there.get(`${row},${column}`));
    });
    expect(lost, `read "Saved" and are lost, of ${this.acknowledged} that did`).toEqual([]);
    // What was not saved is gone with the page, and what is there was.
    this.typed = this.typed.filter(([row, column, text], index) => index < this.acknowledged || there.get(`${row},${column}`) === text);
    this.acknowledged = this.typed.length;
  }
}

for (const seed of seeds('HIGHWATER_TAB_SEEDS', 2, 40)) {
  test(`of two tabs that type into one estate neither loses what it called saved (seed ${seed})`, async ({ page, context }) => {
    test.setTimeout(180_000);
    await visit(page);
    await drop(page, { name: 'orders.csv', body: ORDERS });
    await expect(page.getByRole('heading', { name: 'Volume level', level: 1 })).toBeVisible();
    await saved(page);
    const other = await context.newPage();
    await visit(other, '#/volume-level');
    const tabs = [new Tab(page, 0, seed), new Tab(other, 1, seed + 10_000)];
    for (const tab of tabs) await expect(tab.cell(ROWS - 1, 1)).toHaveText('Site');
    await Promise.all(tabs.map((tab) => tab.work()));
  });
}
