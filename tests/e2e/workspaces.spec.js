// Several estates: each keeps its name, its numbers and its files, and a deleted one can be brought back.
import { readFile } from 'node:fs/promises';
import { drop, dropSnapshot, expect, figure, messages, part, picture, saved, slow, started, status, test, visit } from './fixtures/journey.js';

const table = (product) => `server,processor,sockets,cores,technology,product,metric\nx,IBM POWER9 E980,4,10,none,${product},PVU\n`;
const name = (page) => page.getByRole('textbox', { name: 'Name of the estate' });
const list = (page) => page.getByRole('dialog', { name: 'Your estates' });
const opener = (page) => page.getByRole('button', { name: 'Your estates' });

async function rename(page, text) {
  await name(page).fill(text);
  await name(page).press('Enter');
  await saved(page);
}

/** Chooses something in the list of estates, which then closes. */
async function choose(page, button) {
  await opener(page).click();
  await list(page).getByRole('button', { name: button, exact: true }).click();
  await expect(list(page)).toBeHidden();
}

/** Opens the estate with this name. */
const turnTo = (page, name) => choose(page, new RegExp(`^${name}\\s?Saved`));

/** Two estates: one on a snapshot, and one on a table, which is open. */
async function two(page) {
  await visit(page);
  await dropSnapshot(page);
  await rename(page, 'First');
  await choose(page, 'New estate');
  await expect(name(page)).toHaveValue('');
  await drop(page, { name: 'second.csv', body: table('Second product') });
  await expect(figure(page, '1,200', 'sub-capacity', 'Second product')).toBeVisible();
  await rename(page, 'Second');
}

/** The keys of all records and the number of files in the user's database. */
function kept(page) {
  return page.evaluate(async () => {
    const ask = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error); });
    const database = await ask(indexedDB.open('highwater'));
    const transaction = database.transaction(['workspaces', 'files']);
    const keys = await ask(transaction.objectStore('workspaces').getAllKeys());
    const files = await ask(transaction.objectStore('files').count());
    database.close();
    return { keys, files };
  });
}

test('two estates stand beside each other, and a reload finds the one that was open', async ({ page }) => {
  await two(page);
  await opener(page).click();
  await expect(list(page).getByRole('listitem')).toHaveText([/^FirstSaved/, /^SecondOpen, saved/]);
  await list(page).getByRole('button', { name: /^First\s?Saved/ }).click();
  await expect(list(page)).toBeHidden();
  await expect(opener(page)).toBeFocused();
  await expect(name(page)).toHaveValue('First');
  await expect(page.getByText('First is open.')).toBeAttached();
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await expect(figure(page, '1,200', 'sub-capacity', 'Second product')).toBeHidden();
  // The history is that of the open estate, as it was left.
  await expect(page.getByRole('button', { name: /^Undo/ })).toHaveAccessibleName('Undo: name “First”');

  await page.reload();
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await expect(name(page)).toHaveValue('First');
  await turnTo(page, 'Second');
  await expect(figure(page, '1,200', 'sub-capacity', 'Second product')).toBeVisible();
  await page.reload();
  await expect(name(page)).toHaveValue('Second');
  await expect(figure(page, '1,200', 'sub-capacity', 'Second product')).toBeVisible();
  await expect(part(page, 'What the numbers rest on')).toContainText('second.csv');
});

test('a new visit opens the estate that was open last, under the name it was given', async ({ page, context }) => {
  await two(page);
  await turnTo(page, 'First');
  await expect(name(page)).toHaveValue('First');
  await rename(page, 'First again');
  await turnTo(page, 'Second');
  await expect(name(page)).toHaveValue('Second');
  await saved(page);
  await page.close();
  const later = await context.newPage();
  await visit(later, '#/position');
  await expect(figure(later, '1,200', 'sub-capacity', 'Second product')).toBeVisible();
  await opener(later).click();
  await expect(list(later).getByRole('listitem')).toHaveText([/^First again/, /^Second/]);
});

test('an explanation is of the estate that is open', async ({ page }) => {
  await two(page);
  await figure(page, '1,200', 'sub-capacity', 'Second product').click();
  await expect(page.getByRole('dialog', { name: /comes about$/ })).toBeVisible();
  await turnTo(page, 'First');
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await expect(page.getByRole('dialog', { name: /comes about$/ })).toBeHidden();
  await expect(messages(page)).toHaveText('');
});

test('a copy goes its own way, and the file that both rest on outlives the deletion of either', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  await rename(page, 'Original');
  await choose(page, 'Duplicate this one');
  await expect(name(page)).toHaveValue('Original (copy)');
  await saved(page);
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  expect(await kept(page)).toMatchObject({ keys: { length: 2 }, files: 1 });
  await drop(page, { name: 'more.csv', body: table('Extra product') });
  await expect(figure(page, '1,200', 'sub-capacity', 'Extra product')).toBeVisible();
  await saved(page);

  await choose(page, 'Delete Original');
  await expect(messages(page)).toContainText('“Original” is deleted.');
  await page.reload();
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await expect(figure(page, '1,200', 'sub-capacity', 'Extra product')).toBeVisible();
  await expect.poll(() => kept(page)).toMatchObject({ keys: { length: 1 }, files: 2 });
  await expect(part(page, 'What the numbers rest on')).toContainText('signature valid');
});

test('a source that another estate rests on stays when it is removed from one', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  await rename(page, 'Original');
  await choose(page, 'Duplicate this one');
  await expect(name(page)).toHaveValue('Original (copy)');
  await page.getByRole('button', { name: 'Remove audit_snapshot.zip' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing to count yet' })).toBeVisible();
  await saved(page);
  await page.reload();
  await expect(name(page)).toHaveValue('Original (copy)');
  await turnTo(page, 'Original');
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  expect(await kept(page)).toMatchObject({ keys: { length: 2 }, files: 1 });

  await page.getByRole('button', { name: 'Remove audit_snapshot.zip' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing to count yet' })).toBeVisible();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await page.getByRole('button', { name: 'Remove audit_snapshot.zip' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing to count yet' })).toBeVisible();
  await page.reload();
  await expect(name(page)).toHaveValue('Original');
  await expect.poll(() => kept(page)).toMatchObject({ keys: { length: 2 }, files: 0 });
});

test('the open estate is deleted, another one opens, and Undo brings it back with every number', async ({ page }) => {
  await two(page);
  await choose(page, 'Delete Second');
  await expect(name(page)).toHaveValue('First');
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  const undo = messages(page).getByRole('button', { name: 'Undo' });
  await expect(undo).toBeFocused();
  await opener(page).click();
  await expect(list(page).getByRole('listitem')).toHaveText([/^First/]);
  await page.keyboard.press('Escape');
  await expect(opener(page)).toBeFocused();

  await undo.focus();
  await page.keyboard.press('Enter');
  await expect(name(page)).toHaveValue('Second');
  await expect(figure(page, '1,200', 'sub-capacity', 'Second product')).toBeVisible();
  await expect(messages(page)).toHaveText('');
  await expect(opener(page)).toBeFocused();
  await page.reload();
  await expect(figure(page, '1,200', 'sub-capacity', 'Second product')).toBeVisible();
  expect(await kept(page)).toMatchObject({ keys: { length: 2 }, files: 2 });
});

test('a deletion can be undone until the next one, or until the page is closed', async ({ page }) => {
  await two(page);
  await choose(page, 'Delete First');
  await choose(page, 'Delete Second');
  await expect(page.getByRole('heading', { name: 'Nothing to count yet' })).toBeVisible();
  await expect(messages(page)).toContainText('“Second” is deleted.');
  await expect(messages(page)).not.toContainText('First');
  expect((await kept(page)).keys).toEqual([]);
  await page.reload();
  await started(page);
  await expect.poll(() => kept(page)).toEqual({ keys: [], files: 0 });
  await expect(opener(page)).toBeHidden();
});

test('what was deleted comes back whole, also when another tab has cleaned up since', async ({ page, context }) => {
  await two(page);
  await choose(page, 'Delete First');
  await expect(messages(page)).toContainText('“First” is deleted.');
  const other = await context.newPage();
  await visit(other);
  await expect.poll(() => kept(other)).toMatchObject({ keys: { length: 1 }, files: 1 });
  await other.close();
  await messages(page).getByRole('button', { name: 'Undo' }).click();
  await expect(messages(page)).toHaveText('');
  // It was not open, so it is only there again.
  await expect(name(page)).toHaveValue('Second');
  await turnTo(page, 'First');
  await page.reload();
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await expect(part(page, 'What the numbers rest on')).toContainText('signature valid');
});

test('two tabs with one estate never write over each other: what the second one does is kept beside it', async ({ page, context }) => {
  await visit(page);
  await dropSnapshot(page);
  await rename(page, 'Shared');
  const other = await context.newPage();
  await visit(other, '#/position');
  await expect(name(other)).toHaveValue('Shared');
  await rename(page, 'By the first tab');
  await rename(page, 'By the first tab again');
  await rename(other, 'By the second tab');
  await expect(messages(other)).toContainText('This estate was changed in another tab.');
  await rename(other, 'By the second tab again');
  await saved(other);
  expect((await kept(page)).keys).toHaveLength(2);
  await page.reload();
  await expect(name(page)).toHaveValue('By the first tab again');
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await other.reload();
  await expect(name(other)).toHaveValue('By the second tab again');
  await expect(figure(other, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await opener(other).click();
  await expect(list(other).getByRole('listitem')).toHaveText([/^By the first tab again/, /^By the second tab again/]);
});

test('a workspace file can be opened beside the open estate', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  await rename(page, 'First');
  await visit(page, '#/settings');
  const [download] = await Promise.all([page.waitForEvent('download'), part(page, 'Copies').getByRole('button', { name: 'Back up to file' }).click()]);
  await drop(page, { name: download.suggestedFilename(), body: await readFile(await download.path()) });
  await page.getByRole('dialog', { name: 'Open this estate?' }).getByRole('button', { name: 'Keep both' }).click();
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await rename(page, 'The copy');
  await expect(status(page)).toContainText('never');
  await opener(page).click();
  await expect(list(page).getByRole('listitem')).toHaveText([/^First/, /^The copy/]);
  expect(await kept(page)).toMatchObject({ keys: { length: 2 }, files: 1 });
});

test('two tabs keep two estates, and neither writes over the other', async ({ page, context }) => {
  await two(page);
  const other = await context.newPage();
  await visit(other, '#/position');
  await expect(name(other)).toHaveValue('Second');
  await turnTo(other, 'First');
  await expect(name(other)).toHaveValue('First');
  await drop(page, { name: 'more.csv', body: table('Of the first tab') });
  await expect(figure(page, '1,200', 'sub-capacity', 'Of the first tab')).toBeVisible();
  await saved(page);
  await rename(other, 'Of the second tab');
  await page.reload();
  await expect(figure(page, '1,200', 'sub-capacity', 'Of the first tab')).toBeVisible();
  await expect(name(page)).toHaveValue('Second');
  await other.reload();
  await expect(name(other)).toHaveValue('Of the second tab');
  await expect(figure(other, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await expect(figure(other, '1,200', 'sub-capacity', 'Of the first tab')).toBeHidden();
});

test('what cannot be saved stays open', async ({ page }) => {
  await two(page);
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    window.full = true;
    IDBObjectStore.prototype.put = function (...given) {
      if (window.full) throw new DOMException('The disk is full', 'QuotaExceededError');
      return put.apply(this, given);
    };
  });
  await drop(page, { name: 'more.csv', body: table('Unsaved product') });
  await expect(figure(page, '1,200', 'sub-capacity', 'Unsaved product')).toBeVisible();
  await turnTo(page, 'First');
  await expect(messages(page)).toContainText('so it stays open');
  await expect(name(page)).toHaveValue('Second');
  await expect(figure(page, '1,200', 'sub-capacity', 'Unsaved product')).toBeVisible();
  await page.evaluate(() => (window.full = false));
  await turnTo(page, 'First');
  await expect(messages(page)).toContainText('so it stays open');
  await page.getByRole('banner').getByRole('button', { name: 'Try again' }).click();
  await saved(page);
  await turnTo(page, 'First');
  await expect(name(page)).toHaveValue('First');
  await turnTo(page, 'Second');
  await expect(figure(page, '1,200', 'sub-capacity', 'Unsaved product')).toBeVisible();
});

test('the demo has one estate, and no way to those of the user', async ({ page }) => {
  await two(page);
  await visit(page, '#/demo');
  await expect(figure(page, '1,120', 'sub-capacity', 'IBM SPSS Modeler Server')).toBeVisible();
  await expect(opener(page)).toBeHidden();
  await page.getByRole('button', { name: 'Demo', exact: true }).click();
  await page.getByRole('button', { name: 'Leave the demo' }).click();
  await expect(name(page)).toHaveValue('Second');
  expect(await kept(page)).toMatchObject({ keys: { length: 2 }, files: 2 });
});

test('what was kept when there was one estate only opens as it is', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  await saved(page);
  const { keys } = await kept(page);
  expect(keys).toEqual(['current']);
  // As the edition before left it: nothing says what is open.
  await page.evaluate(async () => {
    const ask = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error); });
    sessionStorage.clear();
    localStorage.clear();
    const database = await ask(indexedDB.open('highwater'));
    await ask(database.transaction('meta', 'readwrite').objectStore('meta').clear());
    database.close();
  });
  await page.reload();
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  expect((await kept(page)).keys).toEqual(['current']);
});

test.describe('a fault', () => {
  test.use({ complaints: [/wasm|WebAssembly|CompileError/i] });

  test('when the program fails, it is the open estate that can be taken out', async ({ page }) => {
    await two(page);
    await turnTo(page, 'First');
    await expect(name(page)).toHaveValue('First');
    await page.evaluate(() => window.highwaterFailed('a fault for this test'));
    const dialog = page.getByRole('dialog', { name: 'Highwater has stopped' });
    const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Download the last saved workspace' }).click()]);
    expect(JSON.parse(await readFile(await download.path(), 'utf8')).steps.at(-1)).toEqual({ change: { rename: 'First' } });
  });
});

for (const [look, width, dir, colorScheme] of [['light', 1280, 'ltr', 'light'], ['dark', 1280, 'ltr', 'dark'], ['narrow', 360, 'ltr', 'light'], ['mirrored', 360, 'rtl', 'dark']]) {
  test.describe(look, () => {
    test.use({ colorScheme, viewport: { width, height: 800 } });

    test(`the list fits, ${look}`, async ({ page }) => {
      await two(page);
      await rename(page, 'Meridian Freight International Holding of the North and the South');
      await page.evaluate((dir) => (document.documentElement.dir = dir), dir);
      await opener(page).click();
      await expect(list(page).getByRole('listitem')).toHaveCount(2);
      await picture(page, `estates-${look}`, { fullPage: false });
      const { wide, room, out } = await page.evaluate(() => {
        const dialog = document.querySelector('dialog:modal');
        const edge = dialog.getBoundingClientRect();
        const out = [...dialog.querySelectorAll('button, b, p')].filter((element) => {
          const box = element.getBoundingClientRect();
          return box.left < edge.left || box.right > edge.right;
        });
        return { wide: document.documentElement.scrollWidth, room: document.documentElement.clientWidth, out: out.map((element) => element.textContent) };
      });
      expect({ wide, out }).toEqual({ wide: room, out: [] });
      await page.keyboard.press('Escape');
      await choose(page, 'Delete First');
      await expect(messages(page)).toContainText('is deleted');
      await picture(page, `estates-deleted-${look}`, { fullPage: false });
    });
  });
}

test('what was typed a moment before the demo was opened is there when it is left again', async ({ page, context }) => {
  await slow(context, 300);
  await visit(page);
  await drop(page, { name: 'orders.csv', body: 'date,site,part_number,quantity,points\n2026-03-01,Oslo,D1,1,100\n' });
  const site = page.getByRole('region', { name: 'Orders', exact: true }).locator('td[data-at="0,1"]');
  await site.click();
  await page.keyboard.type('Narvik');
  await page.keyboard.press('Enter');
  await page.evaluate(() => (location.hash = '#/demo'));
  await expect(figure(page, '1,120', 'sub-capacity', 'IBM SPSS Modeler Server')).toBeVisible();
  await expect(messages(page)).not.toContainText('Cancelled');
  await page.getByRole('button', { name: 'Demo', exact: true }).click();
  await page.getByRole('button', { name: 'Leave the demo' }).click();
  await expect(page.getByRole('heading', { name: 'Untitled estate', level: 1 })).toBeVisible();
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Volume level' }).click();
  await expect(site).toHaveText('Narvik');
});
