// Everything by keyboard: the focus is always seen, and comes back to where it was.
import { snapshot } from './fixtures/snapshot.js';
import { drawer, dropSnapshot, expect, figure, test, visit } from './fixtures/journey.js';

/** Presses Tab until `wanted` has the focus; fails on the way when the focus cannot be seen. */
async function tabTo(page, wanted, { key = 'Tab', most = 80 } = {}) {
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press(key);
    const seen = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return { name: 'body', seen: true };
      const marked = at.closest('label.file') ?? at;
      // Within a date field the browser itself marks the part that has the focus.
      const { outlineStyle, outlineWidth } = at.type === 'date' ? { outlineStyle: 'solid', outlineWidth: '1px' } : getComputedStyle(marked);
      const box = marked.getBoundingClientRect();
      const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      // A sticky header must not cover it.
      const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 40), 0), innerWidth - 1);
      const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 40), 0), innerHeight - 1);
      const top = document.elementFromPoint(x, y);
      const covered = top && !marked.contains(top) && !top.contains(marked) ? top.className : null;
      return { name: `${at.tagName} ${at.getAttribute('aria-label') ?? at.textContent.trim().slice(0, 40)}`, seen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1, inside, covered };
    });
    expect(seen, `the focus on ${seen.name}`).toMatchObject({ seen: true });
    if (seen.inside !== undefined) expect(seen, `the focus on ${seen.name}`).toMatchObject({ inside: true, covered: null });
    if (await wanted.evaluate((element) => element === document.activeElement).catch(() => false)) return;
  }
  throw new Error('the element was not reached');
}

test('from Start to a derivation and back by keyboard alone', async ({ page }) => {
  await visit(page);
  await tabTo(page, page.getByRole('link', { name: 'Skip to the content' }));
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();

  // A file field opens its chooser with the space bar.
  await tabTo(page, page.locator('.door input[type=file]'));
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')]);
  await chooser.setFiles({ name: 'audit_snapshot.zip', mimeType: 'application/zip', buffer: snapshot() });
  const number = figure(page, '640', 'sub-capacity', 'IBM MQ');
  await expect(number).toBeVisible();
  await expect(page.locator('#main')).toBeFocused();

  await tabTo(page, number);
  await page.keyboard.press('Enter');
  await expect(drawer(page).getByRole('heading').first()).toBeFocused();
  await expect(drawer(page)).toContainText('640 = 280 + 360');
  // A slip in the markup of a view shows as text.
  await expect(drawer(page)).not.toContainText(/on ?:|move \|/);
  await tabTo(page, drawer(page).getByRole('button', { name: 'Close the explanation' }));
  await page.keyboard.press('Enter');
  await expect(drawer(page)).toBeHidden();
  await expect(number).toBeFocused();
});

test('Escape closes the derivation and gives the focus back to the number', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  const number = figure(page, '140', 'sub-capacity', 'IBM Db2');
  await number.focus();
  await page.keyboard.press('Enter');
  await expect(drawer(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(drawer(page)).toBeHidden();
  await expect(number).toBeFocused();
});

test('on a narrow page the derivation stands above the page, holds the focus and gives it back', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await visit(page);
  await dropSnapshot(page);
  const number = figure(page, '640', 'sub-capacity', 'IBM MQ');
  await number.focus();
  await page.keyboard.press('Enter');
  await expect(drawer(page)).toContainText('640 = 280 + 360');
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null)).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(drawer(page)).toBeHidden();
  await expect(number).toBeFocused();
});

test('a question holds the focus, Escape leaves it, and the focus returns to its button', async ({ page }) => {
  await visit(page, '#/settings');
  const button = page.getByRole('button', { name: 'Delete everything' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Delete everything in this browser?' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
});

test('every control of every screen is reached by Tab with its focus in sight', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  for (const place of ['#/', '#/rate', '#/position', '#/settings']) {
    await visit(page, place);
    await expect(page.getByRole('textbox', { name: 'Name of the estate' })).toBeVisible();
    await page.evaluate(() => document.activeElement?.blur());
    const last = page.locator('main').locator('a[href], button:not(:disabled):not([tabindex="-1"]), input:not([tabindex="-1"]), select, summary').filter({ visible: true }).last();
    await tabTo(page, last, { most: 150 });
  }
});
