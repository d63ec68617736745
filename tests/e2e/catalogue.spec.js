// Catalogue: every rate with its source; parts with their prices, and what differs between two price files.
import { readFileSync } from 'node:fs';
import { demo, drop, expect, messages, part, test, visit } from './fixtures/journey.js';

const LEDGER = `agreement,site,part_number,product,metric,quantity,ss_start,ss_end,currency,kind
A1,Oslo,E1,IBM MQ,PVU,100,2026-04-01,2099-03-31,EUR,renewal
`;
const THIS_YEAR = 'part_number,description,level,price,currency\nE1,MQ support,BL,100,EUR\nE2,Db2 support,BL,50,EUR\nE3,gone,BL,7,EUR\n';
const NEXT_YEAR = 'part_number,description,level,price,currency\nE1,MQ support,BL,106,EUR\nE2,Db2 support,BL,55,EUR\nE4,new,BL,9,EUR\n';

const parts = (page) => part(page, 'Part numbers');
const mapping = (page) => page.getByRole('dialog', { name: /^Import / });

/** Brings a price file that does not say from when it holds. */
async function bring(page, name, body, from = '') {
  await drop(page, { name, body });
  await mapping(page).getByLabel('Prices hold from').fill(from);
  await mapping(page).getByRole('button', { name: /^Import / }).click();
  await expect(mapping(page)).toBeHidden();
}

test('a processor is found, its rate has a source, and it leads to its rating', async ({ page }) => {
  await visit(page, '#/catalogue');
  await expect(page.getByRole('heading', { name: 'Catalogue', level: 1 })).toBeVisible();
  const rates = part(page, 'PVU per core');
  await expect(rates.getByRole('row').nth(70)).toBeAttached();
  await page.getByRole('searchbox', { name: 'Search processors and models' }).fill('power9 e980');
  await expect(rates.getByRole('row').nth(1)).toContainText(/POWER9/i);
  await expect.poll(() => rates.getByRole('row').count()).toBeLessThan(10);
  await rates.getByText('Where it comes from').first().click();
  await expect(rates.getByRole('link', { name: /ibm\.com/ }).first()).toHaveAttribute('rel', 'noopener noreferrer');

  await page.getByRole('searchbox').fill('gold 6130');
  await page.getByRole('link', { name: /^Rate it: .*6130/ }).first().click();
  await expect(page.getByRole('combobox', { name: 'Processor' })).toHaveValue(/6130/);
});

test('a machine type is found with its rate, and what the catalogue has not is said', async ({ page }) => {
  await visit(page, '#/catalogue');
  await expect(part(page, 'Not in the catalogue')).toContainText('watsonx');
  await page.getByRole('searchbox').fill('9009-42A');
  const machine = part(page, 'IBM machine types').getByRole('row').nth(1);
  await expect(machine).toContainText('Power S924');
  await expect(machine).toContainText('70');
  await expect(page.getByRole('heading', { name: 'Not in the catalogue' })).toBeHidden();
});

test('a search that finds nothing says so, and the address keeps a search', async ({ page }) => {
  await visit(page, '#/catalogue?search=zzzz');
  await expect(page.getByRole('searchbox')).toHaveValue('zzzz');
  await expect(page.getByText('No row holds all of these words.')).toBeVisible();
});

test('a part is found, opens to what is known of it, and the finder leads to it', async ({ page }) => {
  await visit(page, '#/catalogue');
  await page.getByRole('searchbox', { name: 'Search processors and models' }).fill('d0i2sll');
  await page.getByRole('link', { name: 'One part number holds these words too' }).click();
  await expect(parts(page).getByRole('rowheader', { name: /D0I2SLL/ })).toBeVisible();
  await parts(page).getByRole('button', { name: 'Details of D0I2SLL' }).click();
  const facts = parts(page).getByRole('table', { name: 'The part' });
  await expect(facts.getByRole('row', { name: /Units in one part/ })).toContainText('10');
  await expect(parts(page)).toContainText('No price: bring a price file, or enter one.');

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or go to' }).fill('E0256LL');
  await page.getByRole('option', { name: /E0256LL/ }).first().click();
  await expect(parts(page).getByRole('table', { name: 'The part' })).toContainText('IBM MQ');
});

test('a price of ones own is entered at its part with a reason, and undone', async ({ page }) => {
  await demo(page);
  await visit(page, '#/catalogue?view=parts&find=E0256LL&open=E0256LL');
  const prices = parts(page).getByRole('table', { name: 'Prices' });
  await expect(prices.getByRole('row', { name: /BL 15\.20 USD/ })).toContainText('in force');
  const own = parts(page).getByRole('form', { name: 'Your own price of E0256LL' });
  await expect(own.getByLabel('Currency')).toHaveValue('USD');
  await own.getByLabel('Price').fill('12.5');
  await own.getByRole('button', { name: 'Enter it' }).click();
  await expect(messages(page)).toContainText('needs a reason');
  // What was typed is still there.
  await expect(own.getByLabel('Price')).toHaveValue('12.5');
  await own.getByLabel('Reason').fill('quote 7');
  await page.keyboard.press('Enter');
  await expect(prices.getByRole('row', { name: /12\.50/ })).toContainText('Your own price: quote 7');
  await expect(prices.getByRole('row', { name: /BL 15\.20 USD/ })).toContainText('overridden by another');
  await page.getByRole('banner').getByRole('button', { name: /^Undo/ }).click();
  await expect(prices.getByRole('row', { name: /12\.50/ })).toHaveCount(0);
});

test('next year\'s price file stays beside this year\'s, and the difference is seen and exported', async ({ page }) => {
  await visit(page, '#/catalogue?view=changes');
  await expect(page.getByRole('heading', { name: 'No prices yet' })).toBeVisible();
  await bring(page, 'prices.csv', THIS_YEAR);
  await bring(page, 'prices.csv', NEXT_YEAR, '2099-01-01');
  await visit(page, '#/catalogue?view=changes');
  const changes = part(page, 'Differences');
  await expect(changes).toBeVisible();
  // What holds today against what holds on the first day of the later one: nothing has ended by then.
  await expect(page.locator('.tile').filter({ hasText: 'Withdrawn' })).toContainText('0');
  const list = (name) => page.getByRole('combobox', { name, exact: true });
  await list('Older list').selectOption({ label: 'prices.csv, without a first day' });
  await list('Newer list').selectOption({ label: 'prices.csv, from 1 Jan 2099' });
  const names = changes.getByRole('rowheader').filter({ has: page.locator('.two') });
  await expect(names).toHaveText([/^E2/, /^E1/, /^E4/, /^E3/]);
  await expect(changes.getByRole('row', { name: /^E2/ })).toContainText('10.00 %');
  await expect(page.locator('.tile').filter({ hasText: 'Withdrawn' })).toContainText('1');
  await changes.getByRole('searchbox').fill('mq');
  await expect(names).toHaveText([/^E1/]);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Changes as CSV' }).click();
  expect(readFileSync(await (await download).path(), 'utf8')).toContain('E2,Db2 support,BL,EUR,50,55,5,10');
  // The day of a price file is changed in one step.
  await page.getByLabel('Prices hold from').fill('2098-01-01');
  await page.keyboard.press('Tab');
  await expect(part(page, 'Price files')).toContainText('1 Jan 2098');
  await page.getByRole('banner').getByRole('button', { name: /^Undo: change of when prices.csv begins/ }).click();
  await expect(part(page, 'Price files')).toContainText('1 Jan 2099');
});

test('a renewal without a price has the way to enter one', async ({ page }) => {
  await visit(page);
  const year = new Date().getUTCFullYear();
  await drop(page, { name: 'ledger.csv', body: LEDGER.replace('2099-03-31', `${year + 1}-03-31`) });
  await expect(part(page, 'Ledger')).toContainText('One line');
  await visit(page, '#/renewals');
  const lines = part(page, 'Lines');
  await lines.getByRole('button', { name: 'Details of IBM MQ' }).click();
  const own = lines.getByRole('form', { name: 'Your own price of E1' });
  await expect(own.getByLabel('Currency')).toHaveValue('EUR');
  await own.getByLabel('Price').fill('10');
  await own.getByLabel('Reason').fill('quote 7');
  await own.getByRole('button', { name: 'Enter it' }).click();
  await expect(page.locator('.tile').filter({ hasText: 'Next renewals' })).toContainText('0.00 EUR');
  await expect(own).toHaveCount(0);
  await expect(lines).not.toContainText('price missing');
});

test('published example prices count only once they are added, say what they are, and leave with one undo', async ({ page }) => {
  const year = new Date().getUTCFullYear();
  const ledger = `agreement,site,part_number,product,metric,quantity,ss_start,ss_end,currency,kind
A1,Oslo,E0MK2ZX,IBM Concert,Resource Unit,10,${year}-04-01,${year + 1}-03-31,USD,renewal
`;
  await visit(page);
  await drop(page, { name: 'ledger.csv', body: ledger });
  await expect(part(page, 'Ledger')).toContainText('One line');
  const screens = page.getByRole('navigation', { name: 'Screens' });
  await screens.getByRole('link', { name: 'Renewals' }).click();
  await expect(part(page, 'Lines')).toContainText('price missing');
  await page.goto(`${process.env.HIGHWATER_URL}#/catalogue?view=parts`);
  await page.getByRole('button', { name: 'Add published example prices' }).click();
  await expect(page.getByRole('button', { name: 'Remove the example prices' })).toBeVisible();
  await screens.getByRole('link', { name: 'Renewals' }).click();
  // 10 x 1,270 with an uplift of 6 %.
  const next = page.locator('.tile').filter({ hasText: 'Next renewals' });
  await expect(next).toContainText('13,462.00');
  await expect(next).toContainText('one charge rests on a published example price, not on yours');
  await page.locator('#main').focus();
  await page.keyboard.press('Control+z');
  await expect(part(page, 'Lines')).toContainText('price missing');
});
