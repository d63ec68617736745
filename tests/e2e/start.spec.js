// Start: three doors, useful at once.
import { snapshot } from './fixtures/snapshot.js';
import { drop, expect, figure, home, messages, started, test, visit } from './fixtures/journey.js';

const DOORS = ['Drop your file', 'Rate one server', 'See the demo'];

test.describe('without the program', () => {
  // The wasm is asked for ahead of time by a link, and nobody takes it.
  test.use({ javaScriptEnabled: false, complaints: [/was preloaded using link preload but not used/] });

  test('the three doors are painted from static HTML, and a sentence says what is missing', async ({ page }) => {
    const response = await page.goto(home());
    for (const door of DOORS) await expect(page.getByRole('heading', { name: door })).toBeVisible();
    // A browser that was told over the wire to run no scripts parses as if it ran them: the sentence is in the HTML only.
    expect(await response.text()).toMatch(/<noscript>.*For that it needs JavaScript/s);
  });
});

/** Opens the page and holds its program back; what lets it come. */
async function withoutProgram(page) {
  let release;
  const arrived = new Promise((done) => (release = done));
  await page.route(/\/app[^/]*\.wasm$/, async (route) => {
    await arrived;
    await route.continue();
  });
  await page.goto(home());
  return release;
}

test('the doors are painted before the program arrives, and a file that is dropped by then is not lost', async ({ page }) => {
  const release = await withoutProgram(page);
  for (const door of DOORS) await expect(page.getByRole('heading', { name: door })).toBeVisible();
  const transfer = await page.evaluateHandle((body) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0))], 'audit_snapshot.zip'));
    return transfer;
  }, snapshot().toString('base64'));
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  release();
  await started(page);
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
});

test('a file that is chosen in a dialog which was opened before the program arrived is not lost', async ({ page }) => {
  const release = await withoutProgram(page);
  const asked = page.waitForEvent('filechooser');
  await page.getByText('Choose files').first().click();
  const dialog = await asked;
  release();
  await started(page);
  await dialog.setFiles({ name: 'audit_snapshot.zip', mimeType: 'application/zip', buffer: snapshot() });
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
});

test('a file is taken once whose button has left the page while the dialog was open', async ({ page }) => {
  await visit(page);
  const asked = page.waitForEvent('filechooser');
  await page.getByRole('main').getByText('Choose files').first().click();
  const dialog = await asked;
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await dialog.setFiles({ name: 'audit_snapshot.zip', mimeType: 'application/zip', buffer: snapshot() });
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await expect(messages(page)).not.toContainText('already');
});

test('Start looks the same before and after the program arrives', async ({ page }) => {
  const release = await withoutProgram(page);
  const places = () =>
    page.evaluate(() =>
      Object.fromEntries(
        ['.brand', '.menu a:nth-of-type(3)', '.hero h1', '.lead', '.door.drop'].map((name) => {
          const { x, y } = document.querySelector(name).getBoundingClientRect();
          return [name, [Math.round(x), Math.round(y)]];
        }),
      ),
    );
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const before = await places();
  release();
  await started(page);
  expect(await places()).toEqual(before);
});

test('the menu leads to every screen, names the tab, and Back leads back', async ({ page }) => {
  await visit(page);
  const menu = page.getByRole('navigation', { name: 'Screens' });
  for (const name of ['Position', 'Catalogue', 'Settings']) {
    await menu.getByRole('link', { name }).click();
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
    await expect(page).toHaveTitle(`${name} · Highwater`);
    await expect(menu.getByRole('link', { name })).toHaveAttribute('aria-current', 'page');
  }
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Catalogue', level: 1 })).toBeVisible();
});

test('an unknown address is Start', async ({ page }) => {
  await visit(page, '#/nothing/of/the/kind?x=%FF');
  await expect(page.getByRole('heading', { name: 'Drop your file' })).toBeVisible();
});

test('a file that is dropped while the storage is still being opened is taken once', async ({ page }) => {
  // The database answers late, as a slow disk does.
  await page.addInitScript(() => {
    Object.defineProperty(IDBOpenDBRequest.prototype, 'onsuccess', {
      set(handler) {
        this.addEventListener('success', (event) => setTimeout(() => handler?.call(this, event), 500));
      },
    });
  });
  await visit(page);
  await drop(page, { name: 'unknown.csv', body: 'Thing;Stock\nIBM MQ;5\n' });
  const waiting = page.getByRole('dialog', { name: 'Import unknown.csv' });
  await expect(waiting).toBeVisible();
  await waiting.getByRole('button', { name: 'Cancel' }).click();
  await expect(waiting).toBeHidden();
});
