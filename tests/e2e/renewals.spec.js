// Renewals: from a ledger and a price file to what the next years cost, and what a decision changes.
import { readFile } from 'node:fs/promises';
import { AXE, check } from './fixtures/axe.js';
import { demo as openDemo, drawer, drop, expect, part, saved, slow, test, visit } from './fixtures/journey.js';
import { unzipped } from './fixtures/zip.js';

const LEDGER = `agreement,site,part_number,product,metric,quantity,ss_start,ss_end,currency,kind
A1,Oslo,E1,IBM MQ,PVU,100,2026-04-01,2099-03-31,EUR,renewal
A1,Oslo,E2,IBM Db2 Standard Edition,PVU,10,2026-04-01,2099-03-31,EUR,renewal
`;

const screens = (page) => page.getByRole('navigation', { name: 'Screens' });
const lines = (page) => part(page, 'Lines');

async function demo(page) {
  await openDemo(page);
  await screens(page).getByRole('link', { name: 'Renewals' }).click();
  await expect(page.getByRole('heading', { name: 'Renewals', level: 1 })).toBeVisible();
  await expect(lines(page).getByRole('row', { name: /IBM MQ / }).first()).toBeVisible();
}

test('without prices each line is there and says that its price is missing, and a price file brings the amounts', async ({ page }) => {
  await visit(page);
  // The day of the forecast is today: support that ended in this year's March begins anew in the next one.
  const year = new Date().getUTCFullYear();
  const ledger = LEDGER.replaceAll('2099-03-31', `${year + 1}-03-31`);
  await drop(page, { name: 'ledger.csv', body: ledger });
  await expect(part(page, 'Ledger')).toContainText('2 lines');
  await screens(page).getByRole('link', { name: 'Renewals' }).click();
  await expect(lines(page)).toContainText('price missing');
  await expect(page.locator('.tile').filter({ hasText: 'Lines not known' })).toContainText('Bring a price file');
  const prices = `part_number,level,price,currency,valid_from\nE1,BL,10.00,EUR,${year + 1}-01-01\nE2,BL,7.50,EUR,${year + 1}-01-01\n`;
  await drop(page, { name: 'prices.csv', body: prices });
  // 100 x 10.00 and 10 x 7.50, from April on for a year.
  await expect(page.locator('.tile').filter({ hasText: 'Next renewals' })).toContainText('1,075.00');
  await expect(lines(page)).not.toContainText('price missing');
  await expect(page.getByRole('img', { name: /^Expected renewals in EUR: 1,075\.00/ })).toBeVisible();
  // The figure opens what it is made of, down to the row of the price file.
  await page.locator('.tile').filter({ hasText: 'Next renewals' }).getByRole('link').last().click();
  await expect(drawer(page)).toContainText(`What is charged in ${year + 1}`);
  await expect(drawer(page)).toContainText('1,075.00 = 75.00 + 1,000.00');
});

test('a decision on a line changes the bill at once, says what it changes, and is undone', async ({ page }) => {
  await demo(page);
  const next = page.locator('.tile').filter({ hasText: 'Next renewals' }).locator('.amount');
  const before = await next.innerText();
  const open = lines(page).getByRole('button', { name: 'Details of IBM MQ', exact: true });
  await open.press('Enter');
  await expect(open).toBeFocused();
  await expect(lines(page).getByRole('table', { name: 'Charges' })).toContainText('E0256LL');
  await lines(page).getByLabel('Reduce to, units').fill('700');
  await page.keyboard.press('Tab');
  await expect(next).not.toHaveText(before);
  await expect(page.locator('.tile').filter({ hasText: 'Decisions so far' })).toContainText('−');
  await expect(lines(page).getByRole('combobox', { name: 'Decision', exact: true })).toHaveValue('reduce');
  await lines(page).getByRole('combobox', { name: 'Decision', exact: true }).selectOption('lapse');
  await expect(lines(page).getByRole('row', { name: /IBM MQ / }).first()).toContainText('Let lapse');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(next).toHaveText(before);
});

test('the overview leads to the next renewals', async ({ page }) => {
  await openDemo(page);
  await screens(page).getByRole('link', { name: 'Start' }).click();
  const tile = page.locator('.tile').filter({ hasText: 'Next renewals' });
  await expect(tile).toContainText('USD');
  await tile.getByRole('link', { name: /Next renewals/ }).click();
  await expect(page.getByRole('heading', { name: 'Renewals', level: 1 })).toBeVisible();
});

test('Start says what to do by money, one press does it, and undo takes it back', async ({ page }) => {
  await openDemo(page);
  await screens(page).getByRole('link', { name: 'Start' }).click();
  const list = page.getByRole('table', { name: 'What to do, by money' });
  const row = list.getByRole('row', { name: /Reduce IBM FileNet Content Manager by 560 PVU/ }).first();
  await expect(row).toContainText('USD');
  await row.getByRole('link', { name: /show how it comes about/ }).click();
  await expect(page.getByRole('dialog')).toContainText('What it costs as things are');
  await page.keyboard.press('Escape');
  await row.getByRole('button', { name: /Details/ }).click();
  await list.getByRole('button', { name: /Reduce to 1,540 PVU/ }).click();
  await expect(row).toBeHidden();
  await screens(page).getByRole('link', { name: 'Renewals' }).click();
  await expect(lines(page).getByRole('row', { name: /IBM FileNet/ }).first()).toContainText('Reduce');
  await page.keyboard.press('Control+z');
  await screens(page).getByRole('link', { name: 'Start' }).click();
  await expect(row).toBeVisible();
});

test('the forecast leaves as a workbook in which a spreadsheet goes on calculating', async ({ page }) => {
  await demo(page);
  const expected = await page.locator('.tile').filter({ hasText: 'Next renewals' }).locator('.amount').innerText();
  const workbook = page.getByRole('main').getByRole('button', { name: 'Excel', exact: true }).first();
  const [download] = await Promise.all([page.waitForEvent('download'), workbook.click()]);
  expect(download.suggestedFilename()).toMatch(/-renewals\.xlsx$/);
  const bytes = await readFile(await download.path());
  const summary = unzipped(bytes, 'xl/worksheets/sheet1.xml');
  const total = Number(expected.replaceAll(/[^0-9.]/g, ''));
  expect(total).toBeGreaterThan(0);
  expect(summary).toMatch(new RegExp(`<f>SUMPRODUCT[^<]*</f><v>${total}</v>`));
  expect(unzipped(bytes, 'xl/worksheets/sheet3.xml')).toMatch(/<f>ROUND\([^<]*<\/f><v>[0-9.]+<\/v>/);
});

test('a list leaves as a workbook with its header in view and its filters', async ({ page }) => {
  await demo(page);
  const prices = part(page, 'Prices');
  const [download] = await Promise.all([page.waitForEvent('download'), prices.getByRole('button', { name: 'Excel' }).click()]);
  expect(download.suggestedFilename()).toMatch(/-prices\.xlsx$/);
  const sheet = unzipped(await readFile(await download.path()), 'xl/worksheets/sheet1.xml');
  expect(sheet).toContain('state="frozen"');
  expect(sheet).toContain('<autoFilter');
});

/** A ledger whose support ends next March: its tasks are before 1 April. */
const ledger = () => LEDGER.replaceAll('2099-03-31', `${new Date().getUTCFullYear() + 1}-03-31`);
const tasks = (page) => part(page, 'What to do in the next twelve months');

async function calendar(page) {
  const button = page.getByRole('main').getByRole('button', { name: 'Calendar', exact: true }).first();
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return readFile(await download.path(), 'utf8');
}

test('a task that is done leaves the calendar, stays in sight after a reload, and undo opens it again', async ({ page }) => {
  await page.addInitScript({ content: AXE });
  await visit(page);
  await drop(page, { name: 'ledger.csv', body: ledger() });
  await expect(part(page, 'Ledger')).toContainText('2 lines');
  await screens(page).getByRole('link', { name: 'Renewals' }).click();
  const row = tasks(page).getByRole('row', { name: /^Place the order A1, Oslo, IBM MQ/ }).first();
  await expect(row).toContainText('Open');
  // Two lines, each with its own order.
  expect((await calendar(page)).match(/SUMMARY:Place the order\r\n/g)).toHaveLength(2);
  const open = row.getByRole('button', { name: /Details/ });
  await open.press('Enter');
  await expect(open).toBeFocused();
  await tasks(page).getByRole('combobox', { name: 'State', exact: true }).selectOption('done');
  await expect(row).toContainText('Done');
  expect((await calendar(page)).match(/SUMMARY:Place the order\r\n/g)).toHaveLength(1);
  await check(page, 'Renewals with an open task');
  await page.locator('#main').focus();
  await page.keyboard.press('Control+z');
  await expect(row).toContainText('Open');
  await page.keyboard.press('Control+Shift+z');
  await expect(row).toContainText('Done');
  await saved(page);
  await page.reload();
  await expect(row).toContainText('Done');
  // The other table of the screen is filtered by itself.
  await tasks(page).getByRole('searchbox').fill('nothing has this');
  await expect(row).toBeHidden();
  await expect(lines(page).getByRole('row', { name: /IBM MQ / }).first()).toBeVisible();
});

test('what presses is told above the page until it is dismissed, and Start names the dates ahead', async ({ page }) => {
  await visit(page);
  await drop(page, { name: 'ledger.csv', body: ledger() });
  const reminder = page.getByRole('complementary', { name: 'Reminder' });
  await expect(reminder).toContainText('overdue');
  await reminder.getByRole('button', { name: 'Not again today' }).click();
  await expect(reminder).toBeHidden();
  await screens(page).getByRole('link', { name: 'Start' }).click();
  await expect(part(page, 'Dates ahead')).toContainText('action needed');
  await saved(page);
  await page.reload();
  await expect(part(page, 'Dates ahead')).toBeVisible();
  await expect(reminder).toBeHidden();
});

test('what is typed below a line at full speed stands where it was typed, whatever is drawn meanwhile', async ({ page }) => {
  await demo(page);
  await lines(page).getByRole('button', { name: 'Details of IBM MQ', exact: true }).click();
  await lines(page).getByRole('combobox', { name: 'Another decision' }).selectOption('to_cloud_pak');
  const toPart = lines(page).getByRole('textbox', { name: 'To part' });
  await toPart.click();
  await page.keyboard.type('D1XXXLL', { delay: 30 });
  await page.keyboard.press('Tab');
  await page.keyboard.type('2:1', { delay: 30 });
  await page.keyboard.press('Tab');
  await expect(toPart).toHaveValue('D1XXXLL');
  await expect(lines(page).getByRole('textbox', { name: 'Ratio' })).toHaveValue('2:1');
});

test('a decision that is filled in and taken without a pause is the one that was filled in, however late the worker answers', async ({ page, context }) => {
  await slow(context, 400);
  await demo(page);
  await lines(page).getByRole('button', { name: 'Details of IBM MQ', exact: true }).click();
  await lines(page).getByRole('combobox', { name: 'Another decision' }).selectOption('reduce');
  const kept = lines(page).getByRole('textbox', { name: 'Reduce to' });
  await expect(kept).toHaveCount(2);
  await kept.last().click();
  await page.keyboard.type('95');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('40');
  for (const key of ['Tab', 'Tab']) await page.keyboard.press(key);
  await page.keyboard.type('half is used');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(kept.first()).toHaveValue('40');
  await expect(lines(page).getByRole('row', { name: /^IBM MQ/ }).first()).toContainText('Reduce');
  // A decision that is not to renew is drawn beside renewing.
  await expect(lines(page).getByRole('img', { name: /if it were renewed/ })).toBeVisible();
});

test('one decision for all lines that a filter finds says what it changes, and one undo takes it back', async ({ page }) => {
  await page.addInitScript({ content: AXE });
  await demo(page);
  await lines(page).getByRole('searchbox').fill('db2');
  const found = lines(page).getByRole('row', { name: /Details of/ });
  await expect(found.filter({ hasNotText: /db2/i })).toHaveCount(0);
  const count = await found.count();
  expect(count).toBeGreaterThan(1);
  await page.getByRole('combobox', { name: 'Decide for all lines found' }).selectOption('lapse');
  await expect(page.getByText(/less than as decided now/)).toBeVisible();
  await check(page, 'Renewals with a decision for many lines');
  await page.getByRole('button', { name: /^Decide for .*: Let lapse$/ }).click();
  const lapsing = lines(page).getByRole('row', { name: /Let lapse.*Details of/ });
  await expect(lapsing).toHaveCount(count);
  await page.locator('#main').focus();
  await page.keyboard.press('Control+z');
  await expect(lapsing).toHaveCount(0);
});

test('a button that is gone with the answer it waited for does nothing', async ({ page, context }) => {
  await slow(context, 400);
  await demo(page);
  await page.getByRole('combobox', { name: 'Decide for all lines found' }).selectOption('lapse');
  const button = page.getByRole('button', { name: /^Decide for .*: Let lapse$/ });
  await expect(button).toBeVisible();
  await lines(page).getByRole('searchbox').fill('cognos');
  await button.click();
  await expect(button).toBeHidden();
  await expect(lines(page).getByRole('row', { name: /^IBM Cognos/ })).toContainText('Renew');
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Position' }).click();
  await expect(page.getByRole('heading', { name: 'Position', level: 1 })).toBeVisible();
});
