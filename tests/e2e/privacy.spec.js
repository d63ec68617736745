// Nothing leaves: the script of a demonstration, with every request recorded, and then without any network.
import { drawer, drop, dropSnapshot, expect, figure, home, part, saved, test, visit } from './fixtures/journey.js';

test('the whole demonstration asks only for files of the page itself and sends nothing', async ({ page, requests }) => {
  await visit(page);
  await dropSnapshot(page);
  await figure(page, '640', 'sub-capacity', 'IBM MQ').click();
  await expect(drawer(page)).toContainText('640 = 280 + 360');
  await page.getByRole('link', { name: 'Catalogue' }).click();
  await page.getByRole('searchbox').fill('epyc');
  await page.getByRole('link', { name: 'Settings' }).click();
  await part(page, 'Copies').getByRole('button', { name: 'Back up to file' }).click();
  await page.getByRole('link', { name: 'Start' }).click();
  await page.getByRole('link', { name: 'Open the demo' }).click();
  await expect(figure(page, '1,120', 'sub-capacity', 'IBM SPSS Modeler Server')).toBeVisible();
  await page.getByRole('button', { name: 'Demo', exact: true }).click();
  await page.getByRole('button', { name: 'Leave the demo' }).click();
  await expect(page.getByRole('table', { name: 'What the numbers rest on' })).toBeVisible();

  // The fixture fails on what leaves the origin or carries anything; here: nothing but the page's own files at all.
  const asked = requests.map((request) => request.url()).filter((url) => url.startsWith('http'));
  const files = [...new Set(asked.map((url) => url.slice(home().length).replace(/-[0-9a-f]{8,}/, '')))].sort();
  expect(files.filter((file) => file.includes('?'))).toEqual([]);
  for (const file of files) expect(file).toMatch(/^(|[a-z_-]+\.(css|js|svg|wasm)|app(_bg)?\.(js|wasm)|worker_loader\.js(#[a-z]+)?|(engine|files)(_bg)?\.(js|wasm)|parts\.csv|locales\/en\.json|examples\/demo-[a-z-]+\.csv)$/);
  expect(files.some((file) => file.startsWith('engine'))).toBe(true);
});

test.describe('offline', () => {
  // The browser itself asks for the icon of the tab now and then.
  test.use({ complaints: [/ERR_INTERNET_DISCONNECTED .*icon\.svg/] });

  test('without a network an open page goes on working', async ({ page, context }) => {
    await visit(page);
    await dropSnapshot(page);
    await saved(page);
    await context.setOffline(true);
    await figure(page, '640', 'sub-capacity', 'IBM MQ').click();
    await expect(drawer(page)).toContainText('640 = 280 + 360');
    await drop(page, { name: 'more.csv', body: 'server,processor,sockets,cores,technology,product,metric\nx,IBM POWER9 E980,4,10,none,Offline product,PVU\n' });
    await expect(figure(page, '1,200', 'sub-capacity', 'Offline product')).toBeVisible();
    await saved(page);
  });
});

test.describe('a page that tries', () => {
  test.use({ complaints: [/violates the following Content Security Policy|policy violated|Refused to connect/] });

  test('the policy stops what would leave', async ({ page }) => {
    await visit(page);
    const stopped = await page.evaluate(async () => {
      const tries = [() => fetch('https://example.org/'), () => fetch('http://127.0.0.1:9/')];
      return Promise.all(tries.map((attempt) => attempt().then(() => 'left', () => 'stopped')));
    });
    expect(stopped).toEqual(['stopped', 'stopped']);
  });
});
