// Volume level and bundles: what is dropped or pasted, what it comes to, and what the next order would do.
import { drop, expect, part, saved, started, test, visit } from './fixtures/journey.js';

const tile = (page, title) => page.locator('.tile', { has: page.getByRole('heading', { name: title }) });

test('an order that crosses a level is seen in the picture, and the next one is foreseen', async ({ page }) => {
  await visit(page);
  await drop(page, { name: 'orders.csv', body: 'date,site,points\n2025-03-01,Paris,400\n2025-09-15,Rome,1200\n2026-04-02,Paris,100\n' });
  await expect(page.getByRole('heading', { name: 'Volume level', level: 1 })).toBeVisible();
  // 1,600 points earn E; the second term keeps it, and 100 points leave one step less.
  await expect(tile(page, 'Level of the next order')).toContainText('E');
  await expect(tile(page, 'Points of this term')).toContainText('100');
  await expect(tile(page, 'Points of this term')).toContainText('2,400 more reach level F.');
  await expect(tile(page, 'At the anniversary')).toContainText('D');
  await expect(page.getByRole('img', { name: /^Points over time/ })).toBeVisible();
  const orders = part(page, 'Orders and their levels');
  await expect(orders.getByRole('row', { name: /Rome/ })).toContainText('1,200');
  await expect(orders.getByRole('row', { name: /Rome/ }).getByRole('cell').last()).toHaveText('E');

  await page.getByLabel('Its points').fill('2500');
  await expect(page.getByText('It is priced at level F: its own points earn F, and E is in force.')).toBeVisible();
  await expect(page.getByText('The order after it finds level F, until 28 Feb 2027.')).toBeVisible();

  await page.getByLabel('Prices of').selectOption({ label: 'Passport Advantage Express' });
  await expect(tile(page, 'Level of the next order')).toContainText('BL');
  await page.getByRole('banner').getByRole('button', { name: 'Undo: change of the price terms' }).click();
  await expect(tile(page, 'Level of the next order')).toContainText('E');
  await saved(page);
  await page.reload();
  await started(page);
  await expect(tile(page, 'Points of this term')).toContainText('2,400 more reach level F.');
});

test('parts of bundles are converted by the ratios of the licence texts, and an empty list comes back', async ({ page }) => {
  await visit(page);
  await drop(page, { name: 'parts.csv', body: 'bundle,component,environment,metric,quantity\nCP4I,IBM MQ Advanced,production,VPC,9\nCP4I,IBM App Connect Enterprise,production,VPC,2\nCP4I,Solitaire,,,1\n' });
  await expect(page.getByRole('heading', { name: 'Bundles', level: 1 })).toBeVisible();
  // Nine at 2:1 use five, two at 1:3 use six.
  await expect(page.getByText('11 VPC')).toBeVisible();
  await expect(page.getByRole('row', { name: /IBM MQ Advanced/ }).first()).toContainText('2:1');
  await expect(page.getByText(/Solitaire/).last()).toBeVisible();
  const sheet = part(page, 'Deployed components');
  await sheet.getByRole('grid').focus();
  await page.keyboard.press('Control+a');
  await sheet.getByRole('button', { name: 'Remove lines' }).click();
  await expect(page.getByRole('heading', { name: 'No parts of bundles yet' })).toBeVisible();
  await page.getByRole('banner').getByRole('button', { name: 'Undo: removal of 3 parts of bundles' }).click();
  await expect(page.getByText('11 VPC')).toBeVisible();
});
