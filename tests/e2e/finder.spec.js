// The search over everything: by keyboard, at any speed, and what each kind of answer leads to.
import { demo, drawer, drop, dropSnapshot, expect, figure, finder, saved, slow, test, visit } from './fixtures/journey.js';

const field = (page) => page.getByRole('combobox', { name: 'Search or go to' });
const hit = (page, name) => finder(page).getByRole('option', { name });
const first = (page) => finder(page).getByRole('option', { selected: true });

test('what is typed right after Ctrl K is whole, and Enter goes to what answers best', async ({ page }) => {
  await demo(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('settings');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await expect(finder(page)).toBeHidden();

  // A product: its number opens with the derivation.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('spss modeler server');
  await page.keyboard.press('Enter');
  await expect(drawer(page)).toContainText('How 1,120 PVU comes about');
  await page.keyboard.press('Escape');
  await expect(drawer(page)).toBeHidden();

  // A part number that nothing on the page knows: the worker fetches the table of all of them.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('d0i2sll');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Catalogue', level: 1 })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Part numbers' }).getByText('D0I2SLL').first()).toBeVisible();
});

test('Enter does not wait for the worker where what is typed is what the page itself has', async ({ page, context }) => {
  await slow(context, 6000);
  await visit(page);
  // Waited for before it can come: the browser has to be told that somebody does.
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+k');
  await field(page).fill('add files');
  // A browser opens a chooser of files only within some seconds of a key.
  await page.keyboard.press('Enter');
  await (await chooser).setFiles([]);
});

test('Enter waits for the worker, however late it answers', async ({ page, context }) => {
  await slow(context, 700);
  await demo(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('d0i2tll');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Catalogue', level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/D0I2TLL/);
});

test('an answer to what was typed before never stands where that to what is typed now belongs', async ({ page, context }) => {
  await slow(context, 300);
  await demo(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('cognos', { delay: 40 });
  await field(page).fill('db2');
  await expect(hit(page, /Db2/).first()).toBeVisible();
  await expect(hit(page, /Cognos/)).toHaveCount(0);
});

test('answers stand in groups with how many there are, the best first, and the letters are marked', async ({ page }) => {
  await demo(page);
  await page.keyboard.press('Control+k');
  await field(page).fill('cog');
  const products = finder(page).getByRole('group', { name: /^Products/ });
  await expect(products.getByRole('option', { name: /Cognos/ }).first()).toBeVisible();
  await expect(products.locator('mark').first()).toHaveText('Cog');
  await expect(finder(page).getByRole('group', { name: /^Part numbers: 5 of \d+$/ })).toBeVisible();
  // A server of the estate leads to the number in which it counts, a line to its place in its list.
  await field(page).fill('dal-esx');
  await finder(page).getByRole('group', { name: /^Servers/ }).getByRole('option').first().click();
  await expect(page.getByRole('heading', { name: 'Position', level: 1 })).toBeVisible();
  await expect(drawer(page)).toContainText('dal-esx');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await field(page).fill('PoE-1051');
  await finder(page).getByRole('group', { name: /^Ledger/ }).getByRole('option', { name: /PoE-1051/ }).click();
  await expect(page.getByRole('heading', { name: 'Entitlements', level: 1 })).toBeVisible();
  const ledger = page.getByRole('grid', { name: 'Ledger' });
  await expect(ledger).toBeFocused();
  await expect(ledger).toHaveAttribute('aria-activedescendant', 'entitlements-5-0');
  await expect(ledger.getByRole('row').filter({ has: page.locator('#entitlements-5-0') })).toContainText('PoE-1051');
});

test('arrows, Home and End go around the answers, Escape closes and gives the focus back', async ({ page }) => {
  await visit(page);
  const button = page.getByRole('button', { name: 'Search or go to' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(field(page)).toBeFocused();
  const all = await finder(page).getByRole('option').count();
  await expect(first(page)).toHaveText(/^Start/);
  await page.keyboard.press('ArrowUp');
  await expect(finder(page).getByRole('option').nth(all - 1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(finder(page).getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(field(page)).toHaveAttribute('aria-activedescendant', await finder(page).getByRole('option').nth(1).getAttribute('id'));
  await page.keyboard.press('End');
  await expect(finder(page).getByRole('option').nth(all - 1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Home');
  await expect(first(page)).toHaveText(/^Start/);
  await page.keyboard.press('Escape');
  await expect(finder(page)).toBeHidden();
  await expect(button).toBeFocused();
});

test('Escape in the search leaves the explanation beside the page open', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  await figure(page, '640', 'sub-capacity', 'IBM MQ').click();
  await expect(drawer(page)).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(finder(page)).toBeHidden();
  await expect(drawer(page)).toBeVisible();
});

test('what can be done is done from the search, undo by its name', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  await saved(page);
  await page.keyboard.press('Control+k');
  await field(page).fill('undo');
  await expect(first(page)).toHaveText(/^Undo: import of audit_snapshot\.zip/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Nothing to count yet' })).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+k');
  await field(page).fill('add files');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles([]);
});

test('what nobody knows is said, and no text of a file becomes markup', async ({ page }) => {
  await visit(page);
  await drop(page, { name: 'x.csv', body: 'server,processor,sockets,cores,technology,product,metric\n<b>srv</b>,IBM POWER9 E980,4,10,none,<i>Evil</i> product,PVU\n' });
  await expect(figure(page, '1,200', 'sub-capacity', '<i>Evil</i> product')).toBeVisible();
  await page.keyboard.press('Control+k');
  await field(page).fill('evil');
  await expect(hit(page, '<i>Evil</i> product')).toBeVisible();
  await field(page).fill('zzzz nobody');
  await expect(finder(page).getByRole('status')).toHaveText('No results for “zzzz nobody”.');
});

test('Ctrl K works while a cell is edited, and the cell keeps what was typed', async ({ page }) => {
  await demo(page);
  await visit(page, '#/entitlements');
  await page.locator('td[data-at="0,1"]').first().click();
  await page.keyboard.type('Half a na');
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('.sheet .editor').or(page.locator('td[data-at="0,1"]')).first()).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.querySelector('.sheet .editor')?.value || document.querySelector('td[data-at="0,1"]').textContent)).toContain('Half a na');
});
