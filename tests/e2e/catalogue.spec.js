// Catalogue: every rate with its source.
import { expect, part, test, visit } from './fixtures/journey.js';

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
