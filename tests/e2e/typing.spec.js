// Typing into a list at any speed: every character stands where it was typed, however long the worker takes.
import { drop, expect, paste, saved, slow, status, test, visit } from './fixtures/journey.js';

const HEADER = 'date,site,part_number,quantity,points';
const ORDERS = `${HEADER}\n2026-03-01,Oslo,D1,1,100\n2026-01-15,Bergen,D2,2,50\n2026-02-01,Voss,D3,3,9\n`;

async function withOrders(page, text = ORDERS) {
  await visit(page);
  await drop(page, { name: 'orders.csv', body: text });
  await expect(page.getByRole('heading', { name: 'Volume level', level: 1 })).toBeVisible();
  const sheet = page.getByRole('region', { name: 'Orders', exact: true });
  await expect(sheet.locator('td[data-at="0,1"]')).not.toHaveText('');
  return sheet;
}

const cell = (sheet, row, column) => sheet.locator(`td[data-at="${row},${column}"]`);

/** The cells of a list as they are written to CSV, which is what the workspace holds. */
async function exported(page, sheet) {
  const [download] = await Promise.all([page.waitForEvent('download'), sheet.getByRole('button', { name: 'CSV' }).click()]);
  const { readFile } = await import('node:fs/promises');
  const [header, ...lines] = (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/).map((line) => line.split(','));
  const at = ['date', 'site', 'part_number', 'quantity', 'points'].map((name) => header.indexOf(name));
  return lines.map((line) => at.map((column) => line[column]));
}

for (const [what, delay, late] of [
  ['as fast as the machine can', 0, 0],
  ['at 30 ms a key while each answer takes 200 ms', 30, 200],
  ['at 60 ms a key', 60, 0],
]) {
  test(`a ledger of many lines typed ${what} is the ledger that was typed`, async ({ page, context }) => {
    test.setTimeout(120_000);
    if (late > 0) await slow(context, late);
    const sheet = await withOrders(page);
    const count = delay === 0 ? 40 : 8;
    const lines = Array.from({ length: count }, (_, line) => [`2026-0${1 + (line % 9)}-1${line % 10}`, `Site ${line}`, `D${100 + line}`, `${line + 1}`, `${10 * line}`]);
    await cell(sheet, 3, 0).click();
    for (const line of lines) {
      for (const [column, text] of line.entries()) {
        await page.keyboard.type(text, { delay });
        await page.keyboard.press(column === line.length - 1 ? 'Enter' : 'Tab');
      }
    }
    await expect(sheet).toContainText(`${count + 3} lines`);
    await expect(cell(sheet, count + 2, 1)).toHaveText(`Site ${count - 1}`);
    await saved(page);
    expect((await exported(page, sheet)).slice(3)).toEqual(lines);
  });
}

test('a cell is emptied by editing it, and by Delete', async ({ page }) => {
  const sheet = await withOrders(page);
  await cell(sheet, 0, 1).dblclick();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Enter');
  await expect(cell(sheet, 0, 1)).toHaveText('');
  await page.keyboard.press('Delete');
  await expect(cell(sheet, 1, 1)).toHaveText('');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(cell(sheet, 0, 1)).toHaveText('Oslo');
  await expect(cell(sheet, 1, 1)).toHaveText('Bergen');
});

test('what is being typed stays while the window scrolls and late answers come', async ({ page, context }) => {
  await slow(context, 300);
  const rows = Array.from({ length: 2000 }, (_, line) => `2026-01-01,S${line},D1,1,1`);
  const sheet = await withOrders(page, [HEADER, ...rows].join('\n'));
  await cell(sheet, 2, 1).click();
  await page.keyboard.type('first');
  await page.keyboard.press('Enter');
  await page.keyboard.type('sec');
  await sheet.locator('.window').evaluate((window) => window.scrollTo(0, 9000));
  await expect(sheet.getByText('S260', { exact: true })).toBeVisible();
  await page.keyboard.type('ond');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Home');
  await expect(cell(sheet, 2, 1)).toHaveText('first');
  await expect(cell(sheet, 3, 1)).toHaveText('second');
  await expect(cell(sheet, 4, 1)).toHaveText('S4');
});

test('a value that is refused stays in its cell with its reason until it is mended, and the hands go on', async ({ page }) => {
  const sheet = await withOrders(page);
  await cell(sheet, 0, 0).click();
  await page.keyboard.type('soon');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Moss');
  await page.keyboard.press('Enter');
  await expect(cell(sheet, 0, 0)).toHaveText('soon');
  await expect(cell(sheet, 0, 0)).toHaveAttribute('aria-invalid', 'true');
  await expect(cell(sheet, 0, 1)).toHaveText('Moss');
  await expect(sheet.getByRole('status').last()).toContainText('“soon” is not a date');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('F2');
  await expect(sheet.getByRole('combobox', { name: 'Date' })).toHaveValue('soon');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('2026-07-01');
  await page.keyboard.press('Enter');
  await expect(cell(sheet, 0, 0)).toHaveText('1 Jul 2026');
  await expect(cell(sheet, 0, 0)).not.toHaveAttribute('aria-invalid');
});

test('what is typed with F2 before its row has come stands behind what was there', async ({ page, context }) => {
  await slow(context, 400);
  const sheet = await withOrders(page);
  await cell(sheet, 0, 1).click();
  // By site, downwards: the worker takes its time, and the hands do not.
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('F2');
  await page.keyboard.type(' Nord');
  await page.keyboard.press('Enter');
  await page.keyboard.press('F2');
  await page.keyboard.type(' Sør');
  await expect(sheet.getByRole('combobox', { name: 'Site' })).toHaveValue(/^Oslo Sør$/);
  await page.keyboard.press('Enter');
  for (const [row, site] of ['Voss Nord', 'Oslo Sør', 'Bergen'].entries()) await expect(cell(sheet, row, 1)).toHaveText(site);
});

test('several new lines are typed before any of them is whole, and each stays in its row', async ({ page }) => {
  const sheet = await withOrders(page);
  await cell(sheet, 3, 1).click();
  for (const site of ['Bodø', 'Moss', 'Hamar']) {
    await page.keyboard.insertText('');
    await page.keyboard.press('F2');
    await page.keyboard.type(site);
    await page.keyboard.press('Enter');
  }
  await cell(sheet, 4, 0).click();
  await page.keyboard.type('2026-05-01');
  await page.keyboard.press('Enter');
  for (const [row, site] of ['Bodø', 'Moss', 'Hamar', ''].entries()) await expect(cell(sheet, row + 3, 1)).toHaveText(site);
  await expect(sheet).toContainText('4 lines');
  await expect(cell(sheet, 3, 0)).toHaveClass(/wrong/);
});

test('what is typed and pasted before the table is there is not lost', async ({ page, context }) => {
  await slow(context, 700);
  await visit(page, '#/volume-level');
  const grid = page.getByRole('region', { name: 'Orders', exact: true }).getByRole('grid');
  await grid.focus();
  await paste(page, '2026-04-01\tMoss\tD1\t1\t7\r\n2026-05-01\tVoss\tD2\t2\t8\r\n');
  const sheet = page.getByRole('region', { name: 'Orders', exact: true });
  await expect(sheet).toContainText('2 lines');
});

test('a cell that is being typed is kept when the screen is left', async ({ page }) => {
  const sheet = await withOrders(page);
  await cell(sheet, 1, 1).click();
  await page.keyboard.type('Narvik');
  await page.evaluate(() => (location.hash = '#/settings'));
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await page.evaluate(() => history.back());
  await expect(cell(sheet, 1, 1)).toHaveText('Narvik');
  await saved(page);
});

test('what was typed is not called saved before the worker has it', async ({ page, context }) => {
  await slow(context, 1500);
  const sheet = await withOrders(page);
  await saved(page);
  await cell(sheet, 1, 1).click();
  await page.keyboard.type('Narvik');
  await page.keyboard.press('Enter');
  await expect(status(page)).toHaveText(/^Saving/, { timeout: 1000 });
  await saved(page);
  await page.reload();
  await expect(cell(sheet, 1, 1)).toHaveText('Narvik');
});

test('what is undone and done again before any answer is there comes out as it was asked', async ({ page, context }) => {
  await slow(context, 400);
  const sheet = await withOrders(page);
  await saved(page);
  await cell(sheet, 1, 1).click();
  for (const site of ['Narvik', 'Hamar']) {
    await page.keyboard.type(site);
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
  }
  for (const key of ['Control+z', 'Control+z', 'Control+y']) await page.keyboard.press(key);
  await saved(page);
  await expect(cell(sheet, 1, 1)).toHaveText('Narvik');
  await expect(page.getByRole('button', { name: /^Redo/ })).toBeEnabled();
});

test('what is typed again right after it was undone stays', async ({ page, context }) => {
  await slow(context, 400);
  const sheet = await withOrders(page);
  await cell(sheet, 1, 1).click();
  await page.keyboard.type('Narvik');
  await page.keyboard.press('Enter');
  await saved(page);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Control+z');
  await page.keyboard.type('Narvik');
  await page.keyboard.press('Enter');
  await saved(page);
  await page.reload();
  await expect(cell(sheet, 1, 1)).toHaveText('Narvik');
});
