// What a spreadsheet does with columns and blocks: filters, filling down, sums, widths and order.
import { drop, expect, saved, test, visit } from './fixtures/journey.js';

const ORDERS = 'date,site,part_number,quantity,points\n2026-03-01,Oslo,D1,1,100\n2026-01-15,Bergen,D2,2,50\n2026-02-01,Voss,D3,3,9\n';

async function withOrders(page) {
  await visit(page);
  await drop(page, { name: 'orders.csv', body: ORDERS });
  await expect(page.getByRole('heading', { name: 'Volume level', level: 1 })).toBeVisible();
  const sheet = page.getByRole('region', { name: 'Orders', exact: true });
  await expect(sheet.locator('td[data-at="0,1"]')).toHaveText('Oslo');
  return sheet;
}

const sites = (sheet) => sheet.locator('td[data-at$=",1"]');
/** Types into the filter of the sites, reached by keyboard from the second row. */
async function filterSites(page, sheet, text) {
  await sheet.locator('td[data-at="1,1"]').click();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(sheet.getByRole('searchbox', { name: 'Filter Site' })).toBeFocused();
  await page.keyboard.type(text);
}

const heads = (sheet) => sheet.locator('thead th[scope="col"] .sort');

test('each column has a filter of its own, and what is typed under it goes into the row that is shown', async ({ page }) => {
  const sheet = await withOrders(page);
  await sheet.getByRole('button', { name: 'Filter columns' }).click();
  await sheet.getByRole('searchbox', { name: 'Filter Points' }).fill('<=50');
  await expect(sites(sheet)).toHaveText(['Bergen', 'Voss', '']);
  await sheet.getByRole('searchbox', { name: 'Filter Date' }).fill('>2026-01-31');
  await expect(sites(sheet)).toHaveText(['Voss', '']);
  await expect(sheet).toContainText('1 of 3 lines');
  await sheet.locator('td[data-at="0,1"]').click();
  await page.keyboard.type('Moss');
  await page.keyboard.press('Enter');
  await sheet.getByRole('button', { name: 'Filter columns' }).click();
  await expect(sites(sheet)).toHaveText(['Oslo', 'Bergen', 'Moss', '']);
  await expect(sheet.getByRole('searchbox', { name: 'Filter Points' })).toHaveCount(0);
});

test('the filter of a column is reached by keyboard, keeps its keys to itself, and gives the focus back', async ({ page }) => {
  const sheet = await withOrders(page);
  await filterSites(page, sheet, 'voss');
  await page.keyboard.press('Backspace');
  await expect(sites(sheet)).toHaveText(['Voss', '']);
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('grid')).toBeFocused();
  await expect(sheet.locator('td[data-at="0,1"]')).toHaveClass(/here/);
  await page.keyboard.press('Alt+ArrowUp');
  await expect(sheet.getByRole('columnheader', { name: 'Site' })).toHaveAttribute('aria-sort', 'ascending');
});

test('what is typed right after a filter goes into the rows that it asks for', async ({ page }) => {
  const sheet = await withOrders(page);
  await filterSites(page, sheet, 'voss');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Moss');
  await page.keyboard.press('Enter');
  await expect(sites(sheet)).toHaveText(['Moss', '']);
  await sheet.getByRole('button', { name: 'Filter columns' }).click();
  await expect(sites(sheet)).toHaveText(['Oslo', 'Bergen', 'Moss', '']);
});

test('a filter stays with its column when the columns change their order', async ({ page }) => {
  const sheet = await withOrders(page);
  await sheet.getByRole('button', { name: 'Filter columns' }).click();
  await sheet.getByRole('searchbox', { name: 'Filter Site' }).fill('berg');
  await expect(sites(sheet)).toHaveText(['Bergen', '']);
  await sheet.getByText('Columns', { exact: true }).click();
  await sheet.getByRole('button', { name: 'Move Site earlier' }).click();
  await expect(heads(sheet).first()).toHaveText('Site');
  await expect(sheet.getByRole('searchbox', { name: 'Filter Site' })).toHaveValue('berg');
  await expect(sheet.getByRole('searchbox', { name: 'Filter Date' })).toHaveValue('');
  await expect(sheet.locator('td[data-at="0,0"]')).toHaveText('Bergen');
});

test('Ctrl+D fills a block with its first row, in one step of undo', async ({ page }) => {
  const sheet = await withOrders(page);
  await sheet.locator('td[data-at="0,1"]').click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(sheet.getByRole('button', { name: 'Fill down' })).toBeVisible();
  await page.keyboard.press('Control+d');
  await expect(sites(sheet)).toHaveText(['Oslo', 'Oslo', 'Oslo', '']);
  await page.keyboard.press('Control+z');
  await expect(sites(sheet)).toHaveText(['Oslo', 'Bergen', 'Voss', '']);
  await saved(page);
});

test('the status line sums what is selected and follows what changes there', async ({ page }) => {
  const sheet = await withOrders(page);
  const said = sheet.getByRole('status').last();
  await sheet.locator('td[data-at="0,3"]').click();
  await sheet.locator('td[data-at="2,4"]').click({ modifiers: ['Shift'] });
  await expect(said).toHaveText('6 cells filled, 6 numbers, sum 165');
  await page.keyboard.press('Delete');
  await expect(said).toHaveText('0 cells filled');
  await page.keyboard.press('Control+z');
  await expect(said).toHaveText('6 cells filled, 6 numbers, sum 165');
  await sheet.locator('td[data-at="0,1"]').click();
  await expect(said).toContainText('Enter edits');
});

test('widths and the order of columns are there after a reload, until they are reset', async ({ page }) => {
  const sheet = await withOrders(page);
  const site = sheet.getByRole('columnheader', { name: 'Site' });
  await site.scrollIntoViewIfNeeded();
  const before = (await site.boundingBox()).width;
  const edge = await site.locator('.edge').boundingBox();
  await page.mouse.move(edge.x + edge.width / 2, edge.y + edge.height / 2);
  await page.mouse.down();
  await page.mouse.move(edge.x + edge.width / 2 + 120, edge.y + edge.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await site.boundingBox()).width - before)).toBe(120);
  await sheet.getByText('Columns', { exact: true }).click();
  await sheet.getByRole('button', { name: 'Move Site earlier' }).press('Enter');
  await expect(sheet.getByRole('button', { name: 'Move Site earlier' })).toBeFocused();
  await saved(page);
  await page.reload();
  await expect(heads(sheet).first()).toHaveText('Site');
  await expect.poll(async () => Math.round((await site.boundingBox()).width - before)).toBe(120);
  await sheet.getByText('Columns', { exact: true }).click();
  await sheet.getByRole('button', { name: 'As they were' }).click();
  await expect(heads(sheet).first()).toHaveText('Date');
  await expect.poll(async () => Math.round((await site.boundingBox()).width - before)).toBe(0);
});

test('a column that is hidden keeps no row out, and the last one cannot be hidden', async ({ page }) => {
  const sheet = await withOrders(page);
  await sheet.getByRole('button', { name: 'Filter columns' }).click();
  await sheet.getByRole('searchbox', { name: 'Filter Points' }).fill('100');
  await expect(sheet).toContainText('1 of 3 lines');
  await sheet.getByText('Columns', { exact: true }).click();
  const boxes = sheet.locator('.columns input[type="checkbox"]');
  await sheet.locator('.columns label', { hasText: 'Points' }).getByRole('checkbox').uncheck();
  await expect(sheet).toContainText('3 lines');
  await expect(sheet).not.toContainText('of 3 lines');
  for (let index = (await boxes.count()) - 1; index > 0; index -= 1) await boxes.nth(index).uncheck();
  await expect(boxes.first()).toBeDisabled();
  await expect(heads(sheet)).toHaveText(['Date']);
});
