// WCAG 2.2 A and AA as far as a machine can tell, on every screen, in light and dark, with data.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { drop, dropSnapshot, drawer, expect, figure, messages, test, visit } from './fixtures/journey.js';

// A colour in the middle of a change is none that anybody reads.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// wcag22aa alone does not include the older rules.
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function check(page, what) {
  await test.step(what, async () => {
    const found = await page.evaluate(async (tags) => {
      const { violations } = await window.axe.run(document, { runOnly: tags });
      return violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.slice(0, 4).map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`) }));
    }, TAGS);
    expect.soft(found, `${what}: what axe finds`).toEqual([]);
  });
}

for (const colorScheme of ['light', 'dark']) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test(`axe finds nothing on the screens without data, ${colorScheme}`, async ({ page }) => {
      test.slow();
      await page.addInitScript({ content: AXE });
      await visit(page);
      await check(page, 'Start');
      await page.getByRole('combobox', { name: 'Processor' }).fill('gold 61');
      await expect(page.getByRole('option').first()).toBeVisible();
      await page.keyboard.press('ArrowDown');
      await check(page, 'Start with suggestions');
      await visit(page, '#/position');
      await expect(page.getByRole('heading', { name: 'Nothing to count yet' })).toBeVisible();
      await check(page, 'Position without data');
      await visit(page, '#/entitlements');
      await expect(page.getByRole('heading', { name: 'No entitlements yet' })).toBeVisible();
      await check(page, 'Entitlements without data');
      await visit(page, '#/bundles');
      await check(page, 'Bundles without data');
      await visit(page, '#/volume-level');
      await check(page, 'Volume level without data');
      await visit(page, '#/renewals');
      await expect(page.getByRole('heading', { name: 'No prices yet' })).toBeVisible();
      await check(page, 'Renewals without data');
      await visit(page, '#/catalogue');
      await check(page, 'Catalogue');
      await expect(page.getByRole('rowheader').first()).toBeVisible();
      await page.locator('[data-word=pvu]').first().focus();
      await check(page, 'the meaning of a word');
      await visit(page, '#/glossary');
      await expect(page.getByText('Processor Value Unit').last()).toBeVisible();
      await check(page, 'Glossary');
      await visit(page, '#/rate');
      await page.getByRole('combobox', { name: 'Processor' }).fill('Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz');
      await page.keyboard.press('Escape');
      await page.getByRole('textbox', { name: 'Sockets' }).fill('none');
      await check(page, 'Rate with an answer and an error');
      await drop(page, { name: 'empty.csv', body: '' });
      await expect(messages(page)).toContainText('The file is empty');
      await check(page, 'a message');
    });

    test(`axe finds nothing on the screens with data, ${colorScheme}`, async ({ page }) => {
      test.slow();
      await page.addInitScript({ content: AXE });
      await visit(page);
      await dropSnapshot(page);
      await check(page, 'Position');
      await page.getByRole('button', { name: 'Details of IBM MQ' }).click();
      await page.evaluate(() => document.querySelectorAll('main details').forEach((details) => (details.open = true)));
      await figure(page, '640', 'sub-capacity', 'IBM MQ').first().click();
      await expect(drawer(page)).toContainText('640 = 280 + 360');
      await check(page, 'Position with everything open');
      await page.setViewportSize({ width: 390, height: 800 });
      await page.reload();
      await expect(drawer(page)).toContainText('640 = 280 + 360');
      await check(page, 'the explanation above a narrow page');
      await page.setViewportSize({ width: 1280, height: 900 });
      await visit(page, '#/');
      await expect(page.getByRole('table', { name: 'What the numbers rest on' })).toBeVisible();
      await check(page, 'Start with an estate');
      await visit(page, '#/settings');
      await expect(page.getByRole('textbox', { name: 'Name of the estate' })).toBeVisible();
      await check(page, 'Settings');
      await page.getByRole('button', { name: 'Your estates' }).click();
      await expect(page.getByRole('listitem').getByRole('button', { name: /Open, saved/ })).toBeVisible();
      await check(page, 'the list of estates');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Delete everything' }).click();
      await check(page, 'the question before everything is deleted');
      await page.keyboard.press('Escape');
      await visit(page, '#/demo');
      await expect(figure(page, '1,120', 'sub-capacity', 'IBM SPSS Modeler Server')).toBeVisible();
      await check(page, 'the demo');
      await page.getByRole('button', { name: 'Details of IBM SPSS Modeler Server' }).click();
      await expect(page.getByRole('img', { name: /^IBM SPSS Modeler Server/ })).toHaveCount(2);
      await check(page, 'a product over time');
      await page.getByRole('button', { name: 'Demo', exact: true }).click();
      await page.getByRole('button', { name: 'Take the tour' }).click();
      await expect(page.getByRole('region', { name: 'Tour of the demo' })).toBeVisible();
      await check(page, 'the tour');
      await page.getByRole('button', { name: 'Leave the tour' }).click();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Search or go to' }).fill('ibm');
      await expect(page.getByRole('option', { name: /Cognos/ }).first()).toBeVisible();
      await check(page, 'the search');
      await page.keyboard.press('Escape');
      await page.locator('#main').focus();
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
      await check(page, 'the keys');
      await page.keyboard.press('Escape');
      await page.setViewportSize({ width: 360, height: 740 });
      await check(page, 'the demo on a phone');
      await page.getByRole('navigation', { name: 'Main screens' }).getByRole('button', { name: 'All' }).click();
      await expect(page.getByRole('dialog', { name: 'All screens' })).toBeVisible();
      await check(page, 'all screens on a phone');
      await page.keyboard.press('Escape');
      await page.setViewportSize({ width: 1280, height: 900 });
      await visit(page, '#/entitlements');
      await expect(page.getByRole('row', { name: /PoE-1001/ })).toBeVisible();
      await check(page, 'Entitlements');
      await visit(page, '#/bundles');
      await expect(page.getByRole('row', { name: /IBM FileNet Content Manager/ }).first()).toBeVisible();
      await check(page, 'Bundles');
      await visit(page, '#/volume-level');
      await page.getByLabel('Its points').fill('1500');
      await expect(page.getByText('The order after it finds level F')).toBeVisible();
      await check(page, 'Volume level');
      await visit(page, '#/renewals');
      await page.getByRole('button', { name: 'Details of IBM MQ', exact: true }).click();
      await expect(page.getByRole('table', { name: 'Charges' })).toBeVisible();
      await check(page, 'Renewals with an open line');
      await visit(page, '#/catalogue?view=parts&find=E0256LL&open=E0256LL');
      await expect(page.getByRole('table', { name: 'Prices' })).toBeVisible();
      await check(page, 'Catalogue with an open part');
      await visit(page, '#/catalogue?view=changes');
      await expect(page.getByRole('row', { name: /E0256LL/ }).first()).toBeVisible();
      await check(page, 'Catalogue with price changes');
      await page.evaluate(() => window.highwaterFailed('for a test'));
      await check(page, 'the dialog of a fault');
    });
  });
}
