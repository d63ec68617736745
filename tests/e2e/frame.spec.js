// The frame of the page: its menu at every width, its keys, its messages, and the tour.
import { demo, drawer, drop, dropSnapshot, expect, figure, messages, part, test, visit } from './fixtures/journey.js';

const menu = (page) => page.getByRole('navigation', { name: 'Screens', exact: true });
const places = (page) => page.getByRole('navigation', { name: 'Main screens' });
const tour = (page) => page.getByRole('region', { name: 'Tour of the demo' });

test('the menu names its screens in groups', async ({ page }) => {
  await visit(page);
  const rights = menu(page).getByRole('group', { name: 'Rights' });
  await expect(rights.getByRole('link')).toHaveText(['Entitlements', 'Bundles', 'Volume level']);
  await expect(menu(page).getByRole('group', { name: 'Money' }).getByRole('link')).toHaveText(['Renewals', 'Reports']);
  await expect(menu(page).getByRole('link').first()).toHaveText('Start');
});

test('beside an open explanation the menu is a rail whose links keep their names', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  const wide = (await menu(page).boundingBox()).width;
  await figure(page, '640', 'sub-capacity', 'IBM MQ').click();
  await expect(drawer(page)).toBeVisible();
  expect((await menu(page).boundingBox()).width).toBeLessThan(60);
  const link = menu(page).getByRole('link', { name: 'Entitlements' });
  await expect(link).toHaveAttribute('title', 'Entitlements');
  await page.setViewportSize({ width: 1600, height: 900 });
  expect((await menu(page).boundingBox()).width).toBe(wide);
  await page.setViewportSize({ width: 1280, height: 900 });
  await link.click();
  await expect(page.getByRole('heading', { name: 'Entitlements', level: 1 })).toBeVisible();
  expect((await menu(page).boundingBox()).width).toBe(wide);
});

for (const width of [320, 360, 768, 900, 1024, 1280, 2560]) {
  test(`the header is one line at ${width} pixels, and everything is in reach`, async ({ page }) => {
    await page.setViewportSize({ width, height: 740 });
    await demo(page);
    const bar = await page.getByRole('banner').boundingBox();
    expect(bar.height).toBeLessThan(56);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    for (const control of [page.getByRole('textbox', { name: 'Name of the estate' }), page.getByRole('button', { name: 'Search or go to' }), page.getByRole('button', { name: 'Demo', exact: true })]) {
      const box = await control.boundingBox();
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
    }
    if (width >= 900) {
      await expect(places(page)).toBeHidden();
      return;
    }
    await expect(menu(page)).toBeHidden();
    await expect(places(page).getByRole('link')).toHaveCount(4);
    await places(page).getByRole('button', { name: 'All' }).click();
    const all = page.getByRole('dialog', { name: 'All screens' });
    await expect(all.getByRole('button', { name: /^Undo: import of/ })).toBeVisible();
    await expect(all.getByText(/^Saved in this browser|^Saving/)).toBeVisible();
    await all.getByRole('link', { name: 'Volume level' }).click();
    await expect(page.getByRole('heading', { name: 'Volume level', level: 1 })).toBeVisible();
    await expect(all).toBeHidden();
  });
}

test('the keys are shown by ? outside of fields, and a field keeps its question mark', async ({ page }) => {
  await visit(page);
  const keys = page.getByRole('dialog', { name: 'Keyboard' });
  const processor = page.getByRole('combobox', { name: 'Processor' });
  await processor.press('?');
  await expect(processor).toHaveValue('?');
  await expect(keys).toBeHidden();
  await page.locator('#main').focus();
  await page.keyboard.press('?');
  await expect(keys.getByRole('heading', { name: 'Everywhere' })).toBeVisible();
  await expect(keys.getByText('Ctrl K')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
});

/** Plays the rest of what measures the time of a message. */
const timePasses = (page) => page.evaluate(() => document.querySelectorAll('.notice').forEach((notice) => notice.getAnimations().forEach((animation) => animation.finish())));

test('a message that needs no answer leaves by itself, and waits while it is read', async ({ page }) => {
  await visit(page);
  const ledger = 'product,metric,quantity\nIBM MQ,PVU,100\n';
  await drop(page, { name: 'ledger.csv', body: ledger });
  const told = messages(page).getByText('Added: one entitlement.');
  await expect(told).toBeVisible();
  const state = () => page.evaluate(() => document.querySelector('.notice').getAnimations()[0].playState);
  await told.hover();
  expect(await state()).toBe('paused');
  await page.mouse.move(5, 300);
  expect(await state()).toBe('running');
  await messages(page).getByRole('button', { name: 'Dismiss' }).focus();
  expect(await state()).toBe('paused');
  await page.locator('#main').focus();
  await timePasses(page);
  await expect(messages(page)).toHaveText('');
});

test('a message about what went wrong stays until somebody has dismissed it', async ({ page }) => {
  await visit(page);
  await drop(page, { name: 'empty.csv', body: '' });
  await expect(messages(page)).toContainText('The file is empty');
  await timePasses(page);
  await expect(messages(page)).toContainText('The file is empty');
  await messages(page).getByRole('button', { name: 'Dismiss' }).click();
  await expect(messages(page)).toHaveText('');
});

test('no message follows into another estate', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  await drop(page, { name: 'empty.csv', body: '' });
  await expect(messages(page)).toContainText('The file is empty');
  await demo(page);
  await expect(messages(page)).toHaveText('');
});

test('a message leaves the last line of the page in sight', async ({ page }) => {
  for (const viewport of [{ width: 1280, height: 700 }, { width: 360, height: 700 }]) {
    await page.setViewportSize(viewport);
    await visit(page, '#/settings');
    await drop(page, { name: `empty-${viewport.width}.csv`, body: '' });
    await expect(messages(page)).toContainText('The file is empty');
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    const last = await page.locator('#main > :last-child').boundingBox();
    const message = await messages(page).boundingBox();
    expect(last.y + last.height).toBeLessThanOrEqual(message.y);
  }
});

test('the tour shows six places, goes back and forth by keyboard, and is left at any time', async ({ page }) => {
  await visit(page);
  await page.getByRole('button', { name: 'Take the tour' }).click();
  await expect(tour(page)).toContainText('1 of 6');
  await expect(figure(page, '1,120', 'sub-capacity', 'IBM SPSS Modeler Server')).toBeVisible();
  // It stands beside what it shows: the page can be used.
  await page.getByRole('textbox', { name: 'Name of the estate' }).click();
  await tour(page).getByRole('button', { name: 'Next' }).press('Enter');
  await expect(drawer(page)).toContainText('How 1,120 PVU comes about');
  for (const [step, heading] of [[3, 'Entitlements'], [4, 'Bundles'], [5, 'Volume level']]) {
    await tour(page).getByRole('button', { name: 'Next' }).press('Enter');
    await expect(tour(page)).toContainText(`${step} of 6`);
    await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
    await expect(tour(page).getByRole('heading')).toBeFocused();
  }
  await tour(page).getByRole('button', { name: 'Back' }).press('Enter');
  await expect(tour(page)).toContainText('4 of 6');
  await page.keyboard.press('Escape');
  await expect(tour(page)).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Bundles', level: 1 })).toBeVisible();
});

test('the tour fits a phone, and touches nothing of what is the user’s own', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await visit(page);
  await dropSnapshot(page);
  await visit(page, '#/');
  await page.getByRole('button', { name: 'Take the tour' }).click();
  for (let step = 1; step <= 6; step += 1) {
    await expect(tour(page)).toContainText(`${step} of 6`);
    const box = await tour(page).boundingBox();
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(360);
    await tour(page).getByRole('button', { name: step < 6 ? 'Next' : 'Finish' }).click();
  }
  await expect(tour(page)).toBeHidden();
  await page.getByRole('button', { name: 'Demo', exact: true }).click();
  await page.getByRole('button', { name: 'Leave the demo' }).click();
  await page.locator('#main').getByRole('link', { name: 'Position', exact: true }).first().click();
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
});

test('a word of the field says what it means on the word itself, by keyboard and by pointer', async ({ page }) => {
  await visit(page, '#/catalogue');
  await expect(page.getByRole('rowheader').first()).toBeVisible();
  const meaning = page.getByRole('tooltip');
  const word = page.locator('[data-word=pvu]').first();
  await word.focus();
  await expect(meaning).toContainText('Processor Value Unit');
  await expect(word).toHaveAccessibleDescription(/Processor Value Unit/);
  await page.keyboard.press('Escape');
  await expect(meaning).toBeHidden();
  await page.locator('[data-word=sockets]').first().hover();
  await expect(meaning).toContainText('The most processor sockets');
  // The pointer may go onto it.
  await meaning.hover();
  await expect(meaning).toContainText('The most processor sockets');
  await page.mouse.move(2, 500);
  await expect(meaning).toBeHidden();
});

test('a word over a column that sorts says what it means, and sorts when it is pressed', async ({ page }) => {
  await demo(page);
  const balance = part(page, 'Products').getByRole('columnheader', { name: 'Balance' });
  await balance.getByRole('button').focus();
  await expect(page.getByRole('tooltip')).toContainText('Entitled less');
  await page.keyboard.press('Enter');
  await expect(balance).toHaveAttribute('aria-sort', /ascending|descending/);
});

test('the glossary explains the words of the field, with sources, and the search leads to each', async ({ page }) => {
  await visit(page, '#/glossary');
  await expect(page.getByRole('heading', { name: 'Glossary', level: 1 })).toBeVisible();
  for (const word of ['PVU', 'VPC', 'RVU', 'Sub-capacity', 'Full capacity', 'High-water mark', 'RSVP', 'SVP', 'S&S', 'PoE', 'ILMT', 'Balance', 'Shortfall', 'Surplus', 'Not known']) {
    await expect(page.getByRole('term').filter({ hasText: new RegExp(`^${word}$`) })).toBeVisible();
  }
  await expect(page.getByRole('link', { name: 'IBM, sub-capacity licensing' }).first()).toHaveAttribute('href', /^https:\/\/www\.ibm\.com\//);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('anniversary');
  await page.keyboard.press('Enter');
  await expect(page.locator('#word-anniversary')).toBeInViewport();
});
