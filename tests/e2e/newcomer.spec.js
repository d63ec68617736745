// What a buyer does who has three files and has never seen the page: what the next renewal will cost and why, two decisions and
// what they change, and what lies on the table in the end.
import { readFile } from 'node:fs/promises';
import { drawer, drop, dropSnapshot, expect, part, test, visit } from './fixtures/journey.js';
import { unzipped } from './fixtures/zip.js';

const year = new Date().getUTCFullYear();
const LEDGER = `agreement,site,part_number,product,metric,quantity,ss_start,ss_end,currency,kind
A1,Oslo,E1,IBM MQ,PVU,900,${year}-04-01,${year + 1}-03-31,EUR,renewal
A1,Oslo,E2,IBM Db2 Standard Edition,PVU,10,${year}-04-01,${year + 1}-03-31,EUR,renewal
`;
const PRICES = `part_number,level,price,currency,valid_from
E1,BL,10.00,EUR,${year}-01-01
E2,BL,7.50,EUR,${year}-01-01
`;

const screens = (page) => page.getByRole('navigation', { name: 'Screens' });
const lines = (page) => part(page, 'Lines');
const tile = (page, name) => page.locator('.tile').filter({ hasText: name });

async function saved(page, press) {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('three files lead to the range of the next renewal and why, and two decisions to a quote, a workbook and a calendar', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  await drop(page, { name: 'ledger.csv', body: LEDGER }, { name: 'prices.csv', body: PRICES });
  await screens(page).getByRole('link', { name: 'Start' }).click();
  await expect(part(page, 'What to do')).toBeVisible();
  await screens(page).getByRole('link', { name: 'Renewals' }).click();

  // 900 x 10.00 and 10 x 7.50, with the uplifts of a year that nobody has announced: 3, 6 and 9 %.
  const next = tile(page, 'Next renewals');
  await expect(next).toContainText(`in ${year + 1}`);
  await expect(next.locator('.amount')).toContainText('9,619.50');
  await expect(next).toContainText('9,347.25');
  await expect(next).toContainText('9,891.75');

  // Why: down to the price and the uplift.
  await next.locator('.amount').getByRole('link').click();
  await expect(drawer(page)).toContainText('9,540.00');
  await page.keyboard.press('Escape');
  const row = (product) => lines(page).getByRole('row', { name: new RegExp(`^${product}`) }).first();
  await row('IBM MQ').getByRole('link', { name: /9,540\.00/ }).first().click();
  await expect(drawer(page)).toContainText('9,540.00');
  await page.keyboard.press('Escape');
  await expect(drawer(page)).toBeHidden();

  // MQ needs 640 of its 900, and Db2 is let go.
  await lines(page).getByRole('button', { name: 'Details of IBM MQ', exact: true }).click();
  await lines(page).getByLabel('Reduce to, units').first().fill('640');
  await page.keyboard.press('Tab');
  await expect(next.locator('.amount')).toContainText('6,863.50');
  await expect(next).toContainText('2,756.00 less by the last change');
  await lines(page).getByRole('button', { name: 'Details of IBM MQ', exact: true }).click();
  await lines(page).getByRole('button', { name: 'Details of IBM Db2 Standard Edition', exact: true }).click();
  await lines(page).getByRole('combobox', { name: 'Decision', exact: true }).selectOption('lapse');
  await expect(next.locator('.amount')).toContainText('6,784.00');
  await expect(tile(page, 'Decisions so far')).toContainText('2');

  const main = page.getByRole('main');
  const workbook = await saved(page, () => main.getByRole('button', { name: 'Excel', exact: true }).first().click());
  expect(workbook.name).toMatch(/-renewals\.xlsx$/);
  expect(unzipped(workbook.bytes, 'xl/worksheets/sheet1.xml')).toContain('<v>6784</v>');
  const calendar = await saved(page, () => main.getByRole('button', { name: 'Calendar', exact: true }).first().click());
  expect(calendar.bytes.toString('utf8')).toContain('BEGIN:VEVENT');
  await page.getByRole('link', { name: /: Proposal$/ }).click();
  await expect(part(page, 'Totals')).toContainText('6,784.00');
  const quote = await saved(page, () => main.getByRole('button', { name: 'Excel', exact: true }).first().click());
  expect(quote.name).toMatch(/\.xlsx$/);
});
