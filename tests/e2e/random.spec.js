// Random work on lists of three sizes, at random speeds, against the simplest model of a table: whatever is typed, pasted,
// undone, ordered, filtered and left half-way, each character stands where it was typed.
//
// HIGHWATER_SEEDS=7 (or 1-30,77) runs these sequences; `make soak` runs ten times as many as `make test`. What a sequence
// has found is kept as a test of its own in typing.spec.js and tests/grid.rs.
import { readFile } from 'node:fs/promises';
import { oneOf, seeds, throws } from './fixtures/dice.js';
import { drop, expect as plainExpect, paste, slow, started, status, test, visit } from './fixtures/journey.js';
import { Tables } from './fixtures/tables.js';

// A hundred thousand lines and a worker that is late take their time; nothing here measures it.
const expect = plainExpect.configure({ timeout: 60_000 });

const SITES = ['Oslo', 'Bergen', 'Voss', 'Moss', 'Hamar', 'Narvik'];
const day = (dice) => `20${20 + dice(6)}-0${1 + dice(9)}-1${dice(10)}`;
const site = (dice) => (dice(2) === 0 ? oneOf(dice, SITES) : `Site ${dice(1000)}`);

/** The lists that are worked on: the columns that are typed into, each with the texts for it, and where a page shows them. */
const LISTS = {
  Orders: {
    place: '#/volume-level',
    columns: ['date', 'site', 'part_number', 'quantity', 'points'],
    texts: [day, site, (dice) => `D${dice(1000)}`, (dice) => `${1 + dice(99)}`, (dice) => `${1 + dice(99)}`],
    needed: [0],
    numbers: [3, 4],
    // A column of free text, which may be blank here, and one that refuses some.
    free: 1,
    maybeBlank: true,
    strict: [0, 'soon'],
    line: (row) => [`2026-01-${10 + (row % 20)}`, SITES[row % 6], `D${row}`, `${1 + (row % 7)}`, `${1 + (row % 90)}`],
  },
  Ledger: {
    place: '#/entitlements',
    columns: ['part_number', 'product', 'metric', 'quantity'],
    texts: [(dice) => `D${dice(1000)}`, (dice) => `Product ${dice(500)}`, (dice) => oneOf(dice, ['PVU', 'VPC']), (dice) => `${1 + dice(999)}`],
    needed: [3],
    numbers: [3],
    free: 1,
    strict: [3, 'many'],
    line: (row) => [`D${row}`, `Product ${row % 500}`, 'PVU', `${100 + (row % 7)}`],
  },
};

/** Of ten sequences seven are on short lists, two on long ones, and one on a very long one. */
const size = (seed) => [20, 20, 20, 10_000, 20, 20, 20, 10_000, 20, 100_000][seed % 10];

/** One sequence: a page, a model of its lists, and where the hands are. */
class Hands {
  constructor(page, seed) {
    this.page = page;
    this.dice = throws(seed);
    this.at = [0, 0];
    this.log = [];
  }

  /** Opens a page with two lists, one of which has so many lines. */
  async begin(count) {
    const long = this.dice(2);
    const files = Object.values(LISTS).map(({ columns, line }, index) => {
      const lines = Array.from({ length: index === long ? count : 20 }, (_, row) => line(row));
      return { columns, lines };
    });
    this.tables = new Tables(
      Object.fromEntries(Object.entries(LISTS).map(([name, { needed, numbers }], index) => [name, { needed, numbers, lines: files[index].lines }])),
      1,
    );
    await visit(this.page);
    await drop(this.page, ...files.map(({ columns, lines }, index) => ({ name: `list-${index}.csv`, body: [columns, ...lines].map((cells) => cells.join(',')).join('\n') })));
    await this.kept();
    await this.turnTo(Object.keys(LISTS)[long]);
  }

  /** Goes to the screen of a list, and into its first cell. */
  async turnTo(name) {
    await this.page.evaluate((place) => (location.hash = place), LISTS[name].place);
    this.tables.open(name);
    this.sheet = this.page.getByRole('region', { name, exact: true });
    await this.seen();
    await this.click(0, 0);
  }

  /** Waits until the sheet has the rows that it should have. */
  async seen() {
    await expect(this.sheet.getByRole('grid')).toHaveAttribute('aria-rowcount', `${this.tables.height + 2}`);
    await expect(this.cell(0, 0)).toBeAttached();
  }

  /** Waits until everything that was done is kept. */
  async kept() {
    await expect(status(this.page)).toHaveText(/^Saved in this browser/);
  }

  cell(row, column) {
    return this.sheet.locator(`td[data-at="${row},${column}"]`);
  }

  async click(row, column) {
    await this.cell(row, column).click();
    this.at = [row, column];
  }

  /** Presses a key that leads to another cell. */
  async go(key, [row, column]) {
    await this.page.keyboard.press(key);
    this.at = [row, column];
  }

  get list() {
    return LISTS[this.tables.name];
  }

  /** A text for a column. */
  text(column) {
    return this.list.texts[column](this.dice);
  }

  async type(text) {
    const delay = oneOf(this.dice, [0, 0, 0, 0, 1, 5, 20, 60, 120, 300]);
    await this.page.keyboard.type(delay > 100 ? text.slice(0, 4) : text, { delay });
    if (delay > 100) await this.page.keyboard.type(text.slice(4));
  }

  /** The cell of the selection if it stands in a line and can be typed into, else the first one of all. */
  async enter() {
    const [row, column] = this.at;
    if (row >= this.tables.height || column >= this.list.columns.length) await this.go('Control+Home', [0, 0]);
    return this.at;
  }

  /** Goes to a column of the same row. */
  async stand(column) {
    const [row] = await this.enter();
    await this.go('Home', [row, 0]);
    for (let at = 1; at <= column; at += 1) await this.go('ArrowRight', [row, at]);
    return this.at;
  }

  /** Types into the cell of the selection, and goes below it. */
  async typeInto(text) {
    const [row, column] = this.at;
    await this.type(text);
    this.tables.put(row, column, [[text]]);
    await this.go('Enter', [Math.min(row + 1, this.tables.height), column]);
  }

  /** Types from the cell of the selection to the end of its row, with tabs. */
  async typeAlong() {
    const [row, first] = this.at;
    const last = this.list.columns.length - 1;
    for (let column = first; column <= last; column += 1) {
      const text = this.text(column);
      await this.type(text);
      this.tables.put(row, column, [[text]]);
      await this.page.keyboard.press(column === last ? 'Enter' : 'Tab');
    }
    this.at = [Math.min(row + 1, this.tables.height), first];
  }

  steps = {
    /** Types into a cell and goes below it. */
    cell: async () => {
      const [, column] = await this.enter();
      await this.typeInto(this.text(column));
    },
    /** Types along a row, with tabs. */
    along: async () => {
      await this.enter();
      await this.typeAlong();
    },
    /** Types a new line below the last. */
    line: async () => {
      await this.page.keyboard.press('Control+End');
      await this.go('Home', [this.tables.height, 0]);
      await this.typeAlong();
    },
    /** Pastes a block, which may go on below the last row. */
    block: async () => {
      const [row, column] = await this.enter();
      const width = column === 0 ? this.list.columns.length : 1 + this.dice(this.list.columns.length - column);
      const height = column === 0 ? 1 + this.dice(4) : Math.min(1 + this.dice(3), this.tables.height - row);
      const texts = Array.from({ length: height }, () => Array.from({ length: width }, (_, at) => this.text(column + at)));
      await paste(this.page, texts.map((cells) => `${cells.join('\t')}\r\n`).join(''));
      this.tables.put(row, column, texts);
    },
    /** Walks. */
    walk: async () => {
      const keys = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
      for (let steps = 1 + this.dice(4); steps > 0; steps -= 1) {
        const [key, [down, on]] = oneOf(this.dice, Object.entries(keys));
        const [row, column] = this.at;
        await this.go(key, [Math.max(0, Math.min(this.tables.height, row + down)), Math.max(0, Math.min(7, column + on))]);
      }
    },
    /** Scrolls anywhere; the cell of the selection stays what it is. */
    scroll: async () => {
      const share = this.dice(100) / 100;
      await this.sheet.locator('.window').evaluate((window, share) => (window.scrollTop = share * window.scrollHeight), share);
    },
    /** Adds to what stands in a cell. */
    more: async () => {
      // Whoever is quick presses F2 before the row is there.
      const [row, column] = await this.stand(this.list.free);
      const text = this.tables.row(row)[column];
      await this.page.keyboard.press('F2');
      await this.type('xy');
      this.tables.put(row, column, [[`${text}xy`]]);
      await this.go('Enter', [Math.min(row + 1, this.tables.height), column]);
    },
    /** Fills a cell from the one above it. */
    down: async () => {
      const [row, column] = await this.stand(this.dice(this.list.columns.length));
      await this.page.keyboard.press('Control+d');
      if (row > 0) this.tables.put(row, column, [[this.tables.row(row - 1)[column]]]);
    },
    /** Makes a cell blank. */
    blank: async () => {
      if (!this.list.maybeBlank) return;
      const [row, column] = await this.stand(this.list.free);
      await this.page.keyboard.press('Delete');
      this.tables.put(row, column, [['']]);
    },
    /** Types what a column refuses, and mends it or leaves it. */
    wrong: async () => {
      const [wrongColumn, wrong] = this.list.strict;
      const [row, column] = await this.stand(wrongColumn);
      await this.type(wrong);
      await this.page.keyboard.press('Enter');
      await this.go('ArrowUp', [row, column]);
      if (this.dice(2) === 0) {
        await expect(this.cell(row, column)).toHaveAttribute('aria-invalid', 'true');
        await this.page.keyboard.press('Escape');
      } else await this.typeInto(this.text(column));
    },
    /** Takes some steps back, and some of them forward again. */
    undo: async () => {
      const height = this.tables.height;
      for (let steps = Math.min(1 + this.dice(4), this.tables.done.length); steps > 0; steps -= 1) {
        await this.page.keyboard.press('Control+z');
        this.tables.undo();
      }
      for (let steps = Math.min(this.dice(3), this.tables.undone.length); steps > 0; steps -= 1) {
        await this.page.keyboard.press(oneOf(this.dice, ['Control+y', 'Control+Shift+z']));
        this.tables.redo();
      }
      if (this.tables.height !== height) {
        // Whoever takes lines back looks where they are before going on.
        await this.go('Control+Home', [0, 0]);
        await this.seen();
      }
    },
    /** Orders the rows by a column. */
    order: async () => {
      const column = this.dice(this.list.columns.length);
      const { column: known, turned, word, only } = this.tables.query;
      await this.sheet.locator(`[data-sort="${column}"]`).click();
      if (known !== column) this.tables.order(column, false, word, only);
      else if (!turned) this.tables.order(column, true, word, only);
      else this.tables.order(null, false, word, only);
      // What was filtered may have been changed so that it is filtered out now.
      await this.go('Control+Home', [0, 0]);
      await this.seen();
    },
    /** Filters the rows, or takes the filter away. */
    filter: async () => {
      const { column, turned, only } = this.tables.query;
      const part = this.list.columns.indexOf('part_number');
      const word = this.tables.query.word === '' ? this.tables.row(this.dice(this.tables.height))[part].slice(-2).toLowerCase() : '';
      await this.sheet.getByRole('searchbox', { name: 'Filter', exact: true }).fill(word);
      this.tables.order(column, turned, word, only);
      await this.seen();
      await this.click(0, this.dice(this.list.columns.length));
    },
    /** Filters the column of the selection for what stands in one of its rows, or takes its filter away. */
    only: async () => {
      const { column: known, turned, word, only } = this.tables.query;
      if (only === null) {
        const [, column] = await this.stand(this.dice(this.list.columns.length));
        const text = this.tables.row(this.dice(this.tables.height))[column];
        await this.page.keyboard.press('Alt+ArrowDown');
        await expect(this.sheet.locator('thead input').nth(column)).toBeFocused();
        await this.page.keyboard.type(`=${text}`);
        await this.page.keyboard.press('Enter');
        this.tables.order(known, turned, word, { column, text });
      } else {
        await this.sheet.getByRole('button', { name: 'Filter columns' }).click();
        this.tables.order(known, turned, word);
      }
      await this.seen();
      await this.click(0, this.dice(this.list.columns.length));
    },
    /** Leaves the list for the other one, in the middle of a word. */
    leave: async () => {
      const [row, column] = await this.enter();
      if (this.dice(2) === 0) {
        const text = this.text(column);
        await this.type(text);
        this.tables.put(row, column, [[text]]);
      }
      await this.turnTo(Object.keys(LISTS).find((name) => name !== this.tables.name));
    },
    /** Loads the page again, once everything is kept. */
    reload: async () => {
      await this.kept();
      await this.page.reload();
      await started(this.page);
      await this.turnTo(this.tables.name);
    },
  };

  async step() {
    const kinds = { cell: 6, along: 3, line: 2, block: 3, walk: 3, scroll: 2, more: 2, down: 2, blank: 1, wrong: 2, undo: 4, order: 2, filter: 2, only: 2, leave: 2, reload: 1 };
    // What shows nothing is looked at whole.
    const kind = this.tables.height === 0 ? (this.tables.query.only === null ? 'filter' : 'only') : oneOf(this.dice, Object.entries(kinds).flatMap(([kind, times]) => Array(times).fill(kind)));
    this.log.push(`${kind}@${this.at}`);
    await this.steps[kind]();
  }

  /** What is in sight and should not be. */
  async strangers() {
    const shown = await this.sheet.locator('td[data-at]').evaluateAll((cells) => cells.map((cell) => [...cell.dataset.at.split(',').map(Number), cell.textContent]));
    return shown.filter(([row, column, text]) => column === this.list.free && row < this.tables.height && text !== this.tables.row(row)[column]);
  }

  /** Compares what is in sight with the model, then everything of both lists as it is written to CSV. */
  async compare() {
    await this.kept();
    await expect.poll(() => this.strangers(), 'what is in sight and should not be').toEqual([]);
    for (const name of [this.tables.name, ...Object.keys(LISTS)].slice(0, 3)) {
      if (name !== this.tables.name) await this.turnTo(name);
      const [download] = await Promise.all([this.page.waitForEvent('download'), this.sheet.getByRole('button', { name: 'CSV' }).click()]);
      const [header, ...lines] = (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/).map((line) => line.split(','));
      const at = this.list.columns.map((column) => header.indexOf(column));
      const wrong = [...lines.keys()].filter((row) => at.some((column, index) => lines[row][column] !== this.tables.list.lines[row]?.[index]));
      expect(wrong.slice(0, 5).map((row) => [row, at.map((column) => lines[row][column]), this.tables.list.lines[row]]), name).toEqual([]);
      expect(lines.length, name).toBe(this.tables.list.lines.length);
    }
  }
}

for (const seed of seeds('HIGHWATER_SEEDS', 30, 300)) {
  test(`random work on lists comes to what plain tables come to (${size(seed).toLocaleString('en')} lines, seed ${seed})`, async ({ page, context }) => {
    test.setTimeout(300_000);
    const hands = new Hands(page, seed);
    await slow(context, oneOf(hands.dice, [0, 0, 20, 120]));
    try {
      await hands.begin(size(seed));
      for (let steps = size(seed) === 20 ? 10 : 7; steps > 0; steps -= 1) await hands.step();
      await hands.compare();
    } catch (error) {
      error.message = `seed ${seed}, after ${hands.log.join(' ')}: ${error.message}`;
      throw error;
    }
  });
}
