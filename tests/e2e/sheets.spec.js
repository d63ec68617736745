// Lists as spreadsheets: keys, blocks, errors in their cells, order, filter, columns.
import { drop, expect, finder, paste, saved, test, visit } from './fixtures/journey.js';

const ORDERS = 'date,site,part_number,quantity,points\n2026-03-01,Oslo,D1,1,100\n2026-01-15,Bergen,D2,2,50\n2026-02-01,Voss,D3,3,9\n';

async function withOrders(page) {
  await visit(page);
  await drop(page, { name: 'orders.csv', body: ORDERS });
  await expect(page.getByRole('heading', { name: 'Volume level', level: 1 })).toBeVisible();
  return page.getByRole('region', { name: 'Orders', exact: true });
}

const sites = (sheet) => sheet.locator('td[data-at$=",1"]');

/** What is kept of the lines that are not whole, beside a document. */
const drafts = (page) =>
  page.evaluate(async () => {
    const ask = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
    const database = await ask(indexedDB.open('highwater'));
    const stores = database.transaction(['workspaces', 'meta']);
    const kept = [ask(stores.objectStore('workspaces').get('current')), ask(stores.objectStore('meta').get('drafts:current'))];
    const [document, text] = await Promise.all(kept);
    database.close();
    return document && text ? text : '';
  });

test('a cell is changed by keyboard, and undo gives it back', async ({ page }) => {
  const sheet = await withOrders(page);
  await sheet.getByRole('grid').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('F2');
  await expect(sheet.getByRole('combobox', { name: 'Site' })).toBeFocused();
  await page.keyboard.type(' 2');
  await page.keyboard.press('Enter');
  await expect(sites(sheet)).toHaveText(['Oslo', 'Bergen 2', 'Voss', '']);
  // The focus has gone on to the cell below, and typing there takes the place of what stood in it.
  await page.keyboard.type('Narvik');
  await page.keyboard.press('Tab');
  await expect(sites(sheet)).toHaveText(['Oslo', 'Bergen 2', 'Narvik', '']);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(sites(sheet)).toHaveText(['Oslo', 'Bergen', 'Voss', '']);
  await saved(page);
});

test('what is wrong stays in its cell, however often it is sent, until Escape gives back what stood there', async ({ page }) => {
  const sheet = await withOrders(page);
  await sheet.locator('td[data-at="0,0"]').click();
  await page.keyboard.type('soon');
  const said = sheet.getByRole('status').last();
  for (const _ of [1, 2]) {
    await page.keyboard.press('Enter');
    await expect(said).toContainText('“soon” is not a date');
    await expect(sheet.locator('td[data-at="0,0"]')).toHaveText('soon');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('F2');
    await expect(sheet.getByRole('combobox', { name: 'Date' })).toHaveValue('soon');
  }
  await page.keyboard.press('Escape');
  await expect(sheet.locator('td[data-at="0,0"]')).toHaveText('1 Mar 2026');
});

test('a block from a spreadsheet goes on below the last row, and a wrong cell says why', async ({ page }) => {
  const sheet = await withOrders(page);
  await sheet.locator('td[data-at="3,0"]').click();
  await paste(page, '2026-04-01\tBod\u00f8\tD1\t1\t7\r\n2026-05-01\tMoss\tD1\t1\tmany\r\n');
  await expect(sheet.getByRole('status').last()).toContainText('“many” is not a number of 0 or more.');
  await expect(sheet).toContainText('3 lines');
  await paste(page, '2026-04-01\tBod\u00f8\tD1\t1\t7\r\n2026-05-01\tMoss\tD1\t1\t8\r\n');
  await expect(sites(sheet)).toHaveText(['Oslo', 'Bergen', 'Voss', 'Bodø', 'Moss', '']);
  await expect(page.getByRole('banner').getByRole('button', { name: 'Undo: addition of 2 lines of orders' })).toBeEnabled();
});

test('rows are ordered and filtered, and columns are chosen', async ({ page }) => {
  const sheet = await withOrders(page);
  await sheet.getByRole('button', { name: 'Points' }).click();
  await expect(sites(sheet)).toHaveText(['Voss', 'Bergen', 'Oslo', '']);
  await sheet.getByRole('button', { name: 'Points' }).click();
  await expect(sites(sheet)).toHaveText(['Oslo', 'Bergen', 'Voss', '']);
  await sheet.getByRole('searchbox', { name: 'Filter' }).fill('bergen d2');
  await expect(sites(sheet)).toHaveText(['Bergen', '']);
  await expect(sheet).toContainText('1 of 3 lines');
  await sheet.getByText('Columns', { exact: true }).click();
  await sheet.getByRole('checkbox', { name: 'Site' }).uncheck();
  await expect(sheet.getByRole('columnheader', { name: 'Site' })).toBeHidden();
});

test('a hundred thousand lines scroll, and only those in sight are in the document', async ({ page }) => {
  await visit(page);
  const rows = Array.from({ length: 100_000 }, (_, place) => `2026-01-01,S${place},D1,1,1`);
  await drop(page, { name: 'orders.csv', body: ['date,site,part_number,quantity,points', ...rows].join('\n') });
  const sheet = page.getByRole('region', { name: 'Orders', exact: true });
  await expect(sheet).toContainText('100,000 lines');
  await sheet.getByRole('grid').focus();
  await page.keyboard.press('Control+End');
  await expect(sheet.getByText('S99999', { exact: true })).toBeVisible();
  expect(await sheet.getByRole('row').count()).toBeLessThan(100);
  await page.keyboard.press('Control+Home');
  await expect(sheet.getByText('S0', { exact: true })).toBeVisible();
});

test('what is typed after a dialog stood over an open cell goes on in that cell', async ({ page }) => {
  const sheet = await withOrders(page);
  await sheet.locator('td[data-at="1,1"]').click();
  await page.keyboard.type('Nar');
  await page.keyboard.press('Control+k');
  await expect(finder(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(finder(page)).toBeHidden();
  await page.keyboard.type('vik');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Moss');
  await page.keyboard.press('Enter');
  await expect(sites(sheet)).toHaveText(['Oslo', 'Narvik', 'Moss', '']);
});

test('one cell with a line break fills one cell, and blank cells of a row empty theirs', async ({ page }) => {
  const sheet = await withOrders(page);
  await sheet.locator('td[data-at="0,1"]').click();
  await paste(page, '"Harbour street 1\nOslo"\r\n');
  await expect(sites(sheet)).toHaveText(['Harbour street 1 Oslo', 'Bergen', 'Voss', '']);
  await expect(sheet.locator('td[data-at="0,2"]')).toHaveText('D1');
  await paste(page, 'Oslo\t\t');
  await expect(sheet.locator('td[data-at="0,1"]')).toHaveText('Oslo');
  await expect(sheet.locator('td[data-at="0,2"]')).toHaveText('');
  await expect(sheet.locator('td[data-at="0,3"]')).toHaveText('');
});

test('why a block was refused leaves its cells when something else is typed', async ({ page }) => {
  const sheet = await withOrders(page);
  await sheet.locator('td[data-at="0,0"]').click();
  await paste(page, 'soon\n2026-04-01\n');
  const said = sheet.getByRole('status').last();
  await expect(said).toContainText('“soon” is not a date');
  await page.keyboard.type('2026-04-02');
  await page.keyboard.press('Enter');
  await expect(sheet.locator('td[data-at="0,0"]')).toHaveText('2 Apr 2026');
  await expect(said).not.toContainText('soon');
});

test('lines that are not whole are there after a reload, as they were typed', async ({ page }) => {
  const sheet = await withOrders(page);
  await saved(page);
  await sheet.locator('td[data-at="3,1"]').click();
  for (const site of ['Narvik', 'Moss']) {
    await page.keyboard.type(site);
    await page.keyboard.press('Enter');
  }
  await sheet.locator('td[data-at="4,0"]').click();
  await page.keyboard.type('soon');
  await page.keyboard.press('Enter');
  await expect(sites(sheet)).toHaveText(['Oslo', 'Bergen', 'Voss', 'Narvik', 'Moss', '']);
  await expect.poll(() => drafts(page)).toContain('soon');
  await page.reload();
  await expect(sites(sheet)).toHaveText(['Oslo', 'Bergen', 'Voss', 'Narvik', 'Moss', '']);
  await expect(sheet.locator('td[data-at="4,0"]')).toHaveText('soon');
  // One that is made whole is a line, and the other one stays begun.
  await sheet.locator('td[data-at="3,0"]').click();
  await page.keyboard.type('2026-05-01');
  await page.keyboard.press('Enter');
  await expect(sheet).toContainText('4 lines');
  await expect.poll(() => drafts(page)).not.toContain('Narvik');
  await page.reload();
  await expect(sheet).toContainText('4 lines');
  await expect(sites(sheet).filter({ hasText: 'Moss' })).toHaveCount(1);
});

test('the first line of an empty estate is there after a reload before it is whole', async ({ page }) => {
  await visit(page, '#/entitlements');
  const ledger = page.getByRole('region', { name: 'Ledger', exact: true });
  await ledger.locator('td[data-at="0,0"]').click();
  await page.keyboard.type('Half a line');
  await page.keyboard.press('Enter');
  await expect.poll(() => drafts(page)).toContain('Half a line');
  await page.reload();
  await expect(ledger.locator('td[data-at="0,0"]')).toHaveText('Half a line');
});
