// Rate one server: from typing to an answer with its derivation.
import { drawer, expect, figure, messages, part, saved, test, visit } from './fixtures/journey.js';

const answer = (page) => page.locator('output');

test('one server is rated by keyboard alone, on Start and with every step', async ({ page }) => {
  await visit(page);
  await page.getByRole('combobox', { name: 'Processor' }).focus();
  await page.keyboard.type('gold 6130');
  const list = page.getByRole('listbox', { name: 'Processors' });
  await expect(list.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(list.getByRole('option', { selected: true })).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Processor' })).toHaveValue(/Gold 6130/);
  await expect(list).toBeHidden();
  await page.keyboard.press('Tab');
  await page.keyboard.type('2');
  // 70 PVU per core in a server of two sockets; a Gold 6130 has 16 cores: 32 x 70 = 2240.
  await expect(answer(page)).toContainText('70');
  await expect(answer(page)).toContainText('2,240');
  await expect(answer(page)).toContainText('32 cores × 70');

  await page.getByRole('link', { name: 'Operating system, cloud and every step' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Rate one server', level: 1 })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Processor' })).toHaveValue(/Gold 6130/);
  await expect(page.getByRole('textbox', { name: 'Sockets' })).toHaveValue('2');
  await expect(part(page, 'How it comes about')).toContainText('2,240 = 32 × 70');
});

test('POWER under Linux is rated 70 and says so', async ({ page }) => {
  await visit(page, '#/rate');
  await page.getByRole('combobox', { name: 'Processor' }).fill('IBM POWER9 E980');
  await page.keyboard.press('Escape');
  await expect(answer(page)).toContainText('120');
  await page.getByRole('combobox', { name: 'Operating system' }).selectOption('Linux');
  await expect(answer(page)).toContainText('70');
  await expect(part(page, 'How it comes about')).toContainText('Under Linux a POWER core is rated 70');
});

test('unknown sockets are the highest tier, an unknown processor the fallback, and both say so', async ({ page }) => {
  await visit(page, '#/rate');
  await page.getByRole('combobox', { name: 'Processor' }).fill('Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz');
  await expect(answer(page)).toContainText('highest tier: sockets unknown');
  await page.getByRole('combobox', { name: 'Processor' }).fill('abacus 3000');
  await expect(answer(page)).toContainText('120');
  await expect(answer(page)).toContainText('fallback');
});

test('a number that is none is told beside its field and the answer stays honest', async ({ page }) => {
  await visit(page, '#/rate');
  await page.getByRole('combobox', { name: 'Processor' }).fill('Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz');
  await page.keyboard.press('Escape');
  const sockets = page.getByRole('textbox', { name: 'Sockets' });
  await sockets.fill('two');
  await expect(sockets).toHaveAttribute('aria-invalid', 'true');
  await expect(sockets).toHaveAccessibleDescription('A whole number above 0, please.');
  await expect(answer(page)).toContainText('highest tier: sockets unknown');
});

test('a rated server is added to the position and is kept there', async ({ page }) => {
  await visit(page, '#/rate');
  await page.getByRole('combobox', { name: 'Processor' }).fill('Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz');
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'Sockets' }).fill('2');
  await expect(page.getByRole('button', { name: 'Add', exact: true })).toBeDisabled();
  await page.getByRole('textbox', { name: 'Server' }).fill('metal-7');
  await page.getByRole('textbox', { name: 'Product' }).fill('IBM MQ');
  await page.getByRole('combobox', { name: 'Region' }).selectOption('emea');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(messages(page)).toContainText('the position counts it now');
  await page.getByRole('link', { name: 'Position', exact: true }).click();
  // On the physical server all 32 cores count: 2240, both ways.
  await figure(page, '2,240', 'sub-capacity', 'IBM MQ').click();
  await expect(drawer(page)).toContainText('2,240 = 32 × 70');
  await saved(page);
});
