// Settings: colours, copies, the end of all data, and the proof that nothing leaves.
import { readFile } from 'node:fs/promises';
import { drop, dropSnapshot, expect, figure, messages, part, saved, test, visit } from './fixtures/journey.js';

async function backup(page) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    part(page, 'Copies').getByRole('button', { name: 'Back up to file' }).click(),
  ]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

test('a theme is chosen, stays after a reload before the first paint, and goes', async ({ page }) => {
  await visit(page, '#/settings');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByRole('radio', { name: 'Light' }).check();
  const light = await ground();
  await page.getByRole('radio', { name: 'Dark' }).check();
  expect(await ground()).not.toBe(light);
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await page.getByRole('radio', { name: 'Same as system' }).check();
  await expect(page.locator('html')).not.toHaveAttribute('data-theme');
});

test('a copy holds everything: after the deletion of all data it brings back every number and its evidence', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  await saved(page);
  await page.getByRole('link', { name: 'Settings' }).click();
  const copy = await backup(page);
  expect(copy.name).toMatch(/\.highwater\.json$/);
  expect(JSON.parse(copy.text)).toMatchObject({ type: 'highwater-workspace', version: 1 });
  await expect(page.getByRole('banner').getByRole('status')).not.toContainText('never');

  await page.getByRole('button', { name: 'Delete everything' }).click();
  const question = page.getByRole('dialog', { name: 'Delete everything in this browser?' });
  await expect(question).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await question.getByRole('button', { name: 'Delete everything' }).click();
  await expect(messages(page)).toContainText('is deleted');
  const left = await page.evaluate(async () => {
    const ask = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = failed; });
    let records = 0;
    for (const { name } of await indexedDB.databases()) {
      const database = await ask(indexedDB.open(name));
      for (const store of database.objectStoreNames) records += await ask(database.transaction(store).objectStore(store).count());
      database.close();
    }
    return { records, choices: localStorage.length };
  });
  expect(left).toEqual({ records: 0, choices: 0 });
  await page.reload();
  await page.getByRole('link', { name: 'Position' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing to count yet' })).toBeVisible();

  await drop(page, { name: copy.name, body: copy.text });
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await expect(part(page, 'What the numbers rest on')).toContainText('signature valid');
  await saved(page);
  await page.reload();
  await expect(figure(page, '140', 'sub-capacity', 'IBM Db2')).toBeVisible();
});

test('a copy takes the place of what is open only when the user says so', async ({ page }) => {
  await visit(page);
  await drop(page, { name: 'old.csv', body: 'server,processor,sockets,cores,technology,product,metric\nx,IBM POWER9 E980,4,10,none,Old product,PVU\n' });
  await expect(figure(page, '1,200', 'sub-capacity', 'Old product')).toBeVisible();
  await page.getByRole('link', { name: 'Settings' }).click();
  const copy = await backup(page);
  await page.getByRole('link', { name: 'Position' }).click();
  await page.getByRole('button', { name: 'Remove old.csv' }).click();
  await dropSnapshot(page);

  const question = page.getByRole('dialog', { name: 'Open this estate?' });
  await drop(page, { name: copy.name, body: copy.text });
  await question.getByRole('button', { name: 'Keep what is open' }).click();
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await drop(page, { name: copy.name, body: copy.text });
  await question.getByRole('button', { name: 'Open it' }).click();
  await expect(figure(page, '1,200', 'sub-capacity', 'Old product')).toBeVisible();
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeHidden();
});

test('Settings proves that nothing leaves: the policy in force and the requests that were made', async ({ page }) => {
  await visit(page, '#/settings');
  const proof = part(page, 'Where your data goes: nowhere');
  await expect(proof).toContainText('0 to another place');
  await expect(proof).toContainText('only to this site');
  await proof.getByText('The policy in force').click();
  await expect(proof).toContainText("default-src 'none'");
});
