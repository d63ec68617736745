// Volume level and bundles: what is dropped or pasted, what it comes to, and what the next order would do.
import { drawer, drop, expect, figure, part, paste, saved, started, test, visit } from './fixtures/journey.js';

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

test('of several agreements each has its own level, picture and next order', async ({ page }) => {
  await visit(page);
  await drop(page, { name: 'orders.csv', body: 'date,site,points\n2025-03-01,Oslo,2500\n2026-04-02,Rome,600\n' });
  await expect(tile(page, 'Level of the next order')).toContainText('F');
  await drop(page, { name: 'sites.csv', body: 'agreement,site,role,country\n100,Oslo,originating,NO\n200,Rome,originating,IT\n' });
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Volume level' }).click();
  const choice = page.getByRole('combobox', { name: /^Agreement/ });
  await expect(choice).toHaveValue('100');
  await choice.selectOption('200');
  await expect(tile(page, 'Level of the next order')).toContainText('D');
  await page.getByLabel('Its points').fill('1000');
  await expect(page.getByText('It is priced at level E: its own points earn E, and D is in force.')).toBeVisible();
  await tile(page, 'Points of this term').getByRole('link', { name: '600: show how it comes about' }).click();
  await expect(drawer(page)).toContainText('It begins with level BL; 600 points earn D; D is in force.');
  await expect(drawer(page)).toContainText('orders.csv, row 3');
  await saved(page);
  // The address holds what is explained, and so the agreement.
  await page.reload();
  await started(page);
  await expect(drawer(page)).toContainText('orders.csv, row 3');
  await expect(choice).toHaveValue('200');
});

test('parts of bundles are converted by the ratios of the licence texts, and an empty list comes back', async ({ page }) => {
  await visit(page);
  await drop(page, { name: 'parts.csv', body: 'bundle,component,environment,metric,quantity\nCP4I,IBM MQ Advanced,production,VPC,9\nCP4I,IBM App Connect Enterprise,production,VPC,2\n' });
  await expect(page.getByRole('heading', { name: 'Bundles', level: 1 })).toBeVisible();
  // Nine at 2:1 use five, two at 1:3 use six.
  await expect(page.getByText('11 VPC')).toBeVisible();
  await expect(page.getByRole('row', { name: /IBM MQ Advanced/ }).first()).toContainText('2:1');
  // Every contribution explains itself, and so does what all of them come to; Back closes it.
  await page.getByRole('row', { name: /IBM MQ Advanced/ }).first().getByRole('link', { name: '5: show how it comes about' }).click();
  await expect(drawer(page)).toContainText('5 = 9 × 1 ÷ 2, rounded up');
  await expect(drawer(page)).toContainText('parts.csv, row 2');
  await page.goBack();
  await expect(drawer(page)).toBeHidden();
  await page.getByRole('link', { name: '11: show how it comes about' }).click();
  await expect(drawer(page)).toContainText('11 = 6 + 5');
  await page.keyboard.press('Escape');
  await expect(drawer(page)).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Bundles', level: 1 })).toBeVisible();
  const sheet = part(page, 'Deployed components');
  await sheet.getByRole('grid').focus();
  await page.keyboard.press('Control+a');
  await sheet.getByRole('button', { name: 'Remove lines' }).click();
  await expect(page.getByRole('heading', { name: 'No components of bundles yet' })).toBeVisible();
  await page.getByRole('banner').getByRole('button', { name: 'Undo: removal of 2 parts of bundles' }).click();
  await expect(page.getByText('11 VPC')).toBeVisible();
  // What nobody knows is never nothing: with a component without a ratio the sum is not known, and says why.
  await drop(page, { name: 'more.csv', body: 'bundle,component,environment,metric,quantity\nCP4I,Solitaire,production,VPC,1\n' });
  await expect(page.getByRole('heading', { name: /Cloud Pak for Integration/ }).locator('..')).toContainText('not known');
  await expect(page.getByText('11 VPC')).toBeHidden();
  await expect(page.getByText(/no ratio for Solitaire/).first()).toBeVisible();
});

test('what covers what is seen beside the position, with the reading of an auditor', async ({ page }) => {
  await visit(page);
  await drop(page, { name: 'estate.csv', body: 'server,processor,sockets,cores,technology,product,metric,from,to\na,Intel Xeon Gold 6130,2,8,none,FileNet,PVU,2026-01-01,2026-06-30\na,Intel Xeon Gold 6130,2,8,none,Db2,PVU,2026-01-01,2026-06-30\n' });
  await expect(figure(page, '560', 'sub-capacity', 'Db2')).toBeVisible();
  await drop(page, { name: 'rights.csv', body: 'product,metric,quantity\nFileNet,PVU,700\nDb2,PVU,100\n' });
  await expect(part(page, 'Ledger')).toContainText('2 lines');
  await visit(page, '#/bundles');
  await page.getByRole('button', { name: 'Supporting programs' }).click();
  const sheet = part(page, 'Supporting programs');
  await expect(sheet.getByRole('columnheader', { name: 'Principal' })).toBeVisible();
  await sheet.getByRole('grid').focus();
  await paste(page, 'Db2\tFileNet\tno\tits repository');
  await expect(sheet).toContainText('One line');
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Position' }).click();
  const row = page.getByRole('row', { name: /^Db2/ });
  await expect(row).toContainText('covered by FileNet');
  await expect(figure(page, '+100', 'entitled less sub-capacity', 'Db2')).toBeVisible();
  // Eight cores at 70 are 560 against 100.
  await expect(row).toContainText('−460 alone');
  await page.getByRole('button', { name: 'Details of Db2' }).click();
  await expect(page.getByRole('table', { name: 'All numbers' })).toContainText('(difference −560)');
  await figure(page, '−460', 'balance if nothing were covered', 'Db2').click();
  await expect(drawer(page)).toContainText('560');
  await saved(page);
});

test('OpenShift that comes with a bundle is set against clusters, and core pairs only by a number that is given', async ({ page }) => {
  await visit(page);
  await drop(page, { name: 'parts.csv', body: 'bundle,version,component,quantity\nCP4BA,24.0.0,IBM FileNet Content Manager,9\n' });
  await drop(page, { name: 'clusters.csv', body: 'cluster,bundle,cores\na,CP4BA,160\nb,,40\n' });
  await drop(page, { name: 'red-hat.csv', body: 'product,unit,quantity\nRed Hat OpenShift,core_pair,30\n' });
  await expect(page.getByRole('row', { name: /Red Hat OpenShift/ }).first()).toBeVisible();
  // Nine at 1:5 are 45, with 135 cores: 25 of the 160 and the 40 of other work are left.
  await expect(page.getByText('65 cores need Red Hat subscriptions')).toBeVisible();
  await page.getByLabel('Cores per core pair (assumed)').fill('2');
  await page.getByLabel('Cores per core pair (assumed)').press('Enter');
  await expect(page.getByText('Balance of the subscriptions: −5 cores')).toBeVisible();
  await page.getByLabel('Rounding up').selectOption({ label: 'once, as License Service' });
  await expect(page.getByRole('banner').getByRole('button', { name: 'Undo: change of how bundles are counted' })).toBeVisible();
  await saved(page);
});
