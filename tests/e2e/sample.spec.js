// The real audit snapshot, where it is there: what a stranger reads from it, and opens, and finds again.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawer, drop, expect, figure, part, saved, test, visit } from './fixtures/journey.js';

const SAMPLE = join(process.env.HIGHWATER_SAMPLES || '/nowhere', 'ilmt-audit-snapshot', 'audit_snapshot.zip');

test('the real snapshot: twelve products, their evidence, what is recoverable, the derivation of 670', async ({ page }) => {
  test.skip(!existsSync(SAMPLE), 'the real samples are not here: HIGHWATER_SAMPLES');
  await visit(page);
  await drop(page, { name: 'audit_snapshot.zip', body: readFileSync(SAMPLE) });
  const products = part(page, 'Products');
  await expect(products.getByRole('row').nth(1)).toBeVisible();

  const labels = await products.getByRole('link', { name: /sub-capacity of/ }).evaluateAll((links) => links.map((link) => link.getAttribute('aria-label')));
  const numbers = labels.map((label) => Number(label.split(',', 2)[0].replace(/\D/g, ''))).sort((one, other) => one - other);
  expect(numbers).toEqual([0, 70, 70, 70, 140, 280, 280, 280, 670, 670, 670, 740]);
  await expect(products.getByRole('row').filter({ hasText: 'excluded' })).toHaveCount(1);
  await expect(part(page, 'Totals')).toContainText('12 of 12');

  const files = part(page, 'What the numbers rest on');
  await expect(files).toContainText('46 rows, 0 left out');
  await expect(files).toContainText('4 intact');
  await expect(files).toContainText('3 altered');
  await expect(files).toContainText('signature valid');
  await expect(part(page, 'The evidence is weak')).toBeVisible();

  // 600 of 670 rest on the highest tier; up to 250 are recoverable, 420 is the best that remains.
  const row = products.getByRole('row').filter({ has: page.getByRole('link', { name: /^670, sub-capacity/ }) }).first();
  await row.getByRole('button', { name: /^Details of/ }).click();
  const details = products.getByRole('table', { name: 'All numbers' });
  await expect(details.getByRole('row', { name: /Possible saving/ })).toContainText('up to 250');
  await expect(products).toContainText('600 of 670 PVU rest on the highest socket tier, because the sockets of the hosts are not known. 420 remain if the hosts hold two sockets');
  await details.getByRole('link', { name: /possible saving/ }).click();
  await expect(drawer(page)).toContainText('How 250 PVU comes about');
  await expect(drawer(page)).toContainText('250 = 600 − 350');

  await row.getByRole('link', { name: /^670, sub-capacity/ }).click();
  await expect(drawer(page)).toContainText('How 670 PVU comes about');
  await expect(drawer(page)).toContainText('670 = ');
  await expect(drawer(page)).toContainText('pvu_sub_capacity.csv, row');
  await saved(page);

  await page.reload();
  await expect(drawer(page)).toContainText('How 670 PVU comes about');
  await expect(part(page, 'Totals')).toContainText('12 of 12');
  await expect(page.getByRole('link', { name: /^740, sub-capacity/ })).toBeVisible();
  await expect(files).toContainText('3 altered');
});

test('the real snapshot and an entitlement sheet: owned, needed, short or over, each explained, and the Cloud Paks with them', async ({ page }) => {
  test.skip(!existsSync(SAMPLE), 'the real samples are not here: HIGHWATER_SAMPLES');
  await visit(page);
  await drop(page, { name: 'audit_snapshot.zip', body: readFileSync(SAMPLE) });
  await expect(part(page, 'Products').getByRole('row').nth(1)).toBeVisible();
  const rights = [
    'Product;Metric;Quantity',
    'IBM Db2 Big SQL;PVU;400',
    'IBM InfoSphere Optim Performance Manager Extended Edition for DB2 for LUW;PVU;600',
    'IBM Cloud Pak for Business Automation;VPC;40',
    'IBM Cloud Pak for Integration;VPC;10',
  ];
  await drop(page, { name: 'rights.csv', body: rights.join('\n') });
  await expect(part(page, 'Ledger')).toContainText('4 lines');
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Position' }).click();
  const balance = (name) => page.getByRole('link', { name: new RegExp(`^${name.replace('+', '\\+')}, entitled less sub-capacity`) });
  // 400 less 280 and 600 less 670; 45 VPC are used of one Cloud Pak, and 7 of the other.
  await expect(balance('+120')).toBeVisible();
  await expect(balance('−5')).toBeVisible();
  await expect(balance('+3')).toBeVisible();
  await figure(page, '−70', 'entitled less sub-capacity', 'IBM InfoSphere Optim Performance Manager Extended Edition for DB2 for LUW').click();
  await expect(drawer(page)).toContainText('−70 = 600 − 670');
  await expect(drawer(page)).toContainText('rights.csv, row 3');
  await expect(drawer(page)).toContainText('pvu_sub_capacity.csv, row');
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Bundles' }).click();
  await page.getByRole('link', { name: '45: show how it comes about' }).click();
  await expect(drawer(page)).toContainText('45 = 9 × 5 ÷ 1, rounded up');
});
