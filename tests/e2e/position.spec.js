// Position: from the drop of an audit snapshot to the derivation of a number, and back after a reload.
import { readFile } from 'node:fs/promises';
import { EXPECTED, snapshot } from './fixtures/snapshot.js';
import { drawer, drop, dropSnapshot, expect, figure, messages, part, saved, test, visit } from './fixtures/journey.js';

test('a dropped snapshot becomes full and sub-capacity side by side, each with its derivation', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);

  const totals = part(page, 'Totals');
  await expect(totals).toContainText(`Needed${EXPECTED.total.sub}`);
  await expect(totals).toContainText(`Full capacity, same estate${EXPECTED.total.full}`);
  await expect(totals).toContainText(`up to ${EXPECTED.recoverable}`);
  await expect(totals).toContainText('3 of 3');
  for (const { name, sub, full } of EXPECTED.products) {
    await expect(figure(page, sub, 'sub-capacity', name)).toBeVisible();
    await expect(figure(page, full, 'full capacity', name)).toBeVisible();
  }
  await expect(page.getByRole('row', { name: /^IBM Cognos/ })).toContainText('excluded');
  await expect(page.getByRole('row', { name: /^IBM MQ/ })).toContainText('agrees');
  await expect(page.getByRole('row', { name: /^IBM MQ/ })).toContainText('3 Nov 2025');

  await figure(page, '640', 'sub-capacity', 'IBM MQ').click();
  await expect(drawer(page)).toContainText('How 640 PVU comes about');
  await expect(drawer(page)).toContainText('640 = 280 + 360');
  await expect(drawer(page)).toContainText('280 = 4 × 70');
  await expect(drawer(page)).toContainText('360 = 3 × 120');
  await expect(drawer(page)).toContainText('pvu_sub_capacity.csv, row 2');
  await expect(drawer(page).getByRole('link', { name: /ibm\.com/ }).first()).toHaveAttribute('rel', /noopener/);

  await drawer(page).getByRole('button', { name: 'Close the explanation' }).click();
  await expect(drawer(page)).toBeHidden();
});

test('every number of the table has a derivation that says the same number', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  for (const { name } of EXPECTED.products) await page.getByRole('button', { name: `Details of ${name}` }).click();
  const tables = page.getByRole('table', { name: 'All numbers' });
  await expect(tables).toHaveCount(EXPECTED.products.length);
  const links = tables.getByRole('link');
  const count = await links.count();
  expect(count).toBeGreaterThanOrEqual(2 * EXPECTED.products.length);
  for (let place = 0; place < count; place += 1) {
    const text = await links.nth(place).innerText();
    await links.nth(place).click();
    await expect(drawer(page).getByRole('heading').first()).toContainText(`How ${text} PVU comes about`);
  }
});

test('the evidence is weighed: intact, altered, signed, and a weak health warns before any number', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  await expect(part(page, 'The evidence is weak')).toContainText('Delayed uploads');
  const files = part(page, 'What the numbers rest on');
  await expect(files).toContainText(`${EXPECTED.rows} rows, 0 left out`);
  await expect(files).toContainText(`${EXPECTED.intact} intact`);
  await expect(files).toContainText(`${EXPECTED.altered} altered`);
  await expect(files).toContainText(`${EXPECTED.notListed} not listed`);
  await expect(files).toContainText('signature valid');
  await expect(files.getByRole('listitem').filter({ hasText: /^Delayed uploadsweak/ })).toContainText('61 %');
  await files.getByText('File by file').click();
  await expect(files.getByRole('listitem').filter({ hasText: /^audit_trails\.csv/ })).toContainText('altered');
  await expect(files.getByRole('listitem').filter({ hasText: /^SHA-256 of the key:/ })).toContainText(/[0-9a-f]{64}/i);
});

test('a product opens to its regions, and an excluded one says why', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  await page.getByRole('button', { name: 'Details of IBM Cognos' }).click();
  await expect(part(page, 'Products')).toContainText('Nur für die Notfallwiederherstellung');
  await page.getByRole('button', { name: 'Details of IBM MQ' }).click();
  await expect(page.getByRole('button', { name: 'Details of IBM MQ' })).toHaveAttribute('aria-expanded', 'true');
});

test('a reload finds the estate and the open derivation again', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  await figure(page, '640', 'sub-capacity', 'IBM MQ').click();
  await expect(drawer(page)).toContainText('640 = 280 + 360');
  await saved(page);
  await page.reload();
  await expect(drawer(page)).toContainText('640 = 280 + 360');
  await expect(figure(page, '140', 'sub-capacity', 'IBM Db2')).toBeVisible();
  await expect(part(page, 'What the numbers rest on')).toContainText('signature valid');
  await saved(page);
});

test('the name of the estate is changed where it stands and is still there after a reload', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  const name = page.getByRole('textbox', { name: 'Name of the estate' });
  await name.fill('Nordwind <b>& Söhne</b>');
  await name.press('Enter');
  // What says "Saved" before may still mean the snapshot.
  await expect(page.getByRole('banner').getByRole('button', { name: /^Undo: name “Nordwind/ })).toBeVisible();
  await saved(page);
  await page.reload();
  await expect(name).toHaveValue('Nordwind <b>& Söhne</b>');
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
});

test('the position leaves as CSV and as a workbook', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  const take = async (name) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click()]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const csv = await take('CSV');
  expect(csv.name).toMatch(/\.csv$/);
  const row = csv.bytes.toString('utf8').split('\n').find((line) => line.includes('IBM MQ'));
  expect(row).toMatch(/\b640\b/);
  expect(row).toMatch(/\b1480\b/);
  expect(row).toMatch(/\b150\b/);

  const workbook = await take('Excel');
  expect(workbook.name).toMatch(/\.xlsx$/);
  expect(workbook.bytes.subarray(0, 2).toString()).toBe('PK');
  expect(workbook.bytes.length).toBeGreaterThan(4_000);

  // What left can come back: it is a table that is no estate, so the page asks what its columns are.
  await drop(page, { name: 'again.xlsx', body: workbook.bytes });
  const waiting = page.getByRole('dialog', { name: 'Import again.xlsx' });
  await expect(waiting.getByRole('row', { name: /IBM MQ/ }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(waiting).toBeHidden();
});

test('the same file twice is told, a removed file takes its numbers with it', async ({ page }) => {
  await visit(page);
  const body = snapshot();
  await drop(page, { name: 'audit_snapshot.zip', body });
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await drop(page, { name: 'copy.zip', body });
  await expect(messages(page)).toContainText('part of the estate already');
  await messages(page).getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('button', { name: 'Remove audit_snapshot.zip' }).click();
  // What had the focus has gone with the file: the keyboard goes on in the screen.
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page.getByRole('heading', { name: 'Nothing to count yet' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Nothing to count yet' })).toBeVisible();
});

test('a period can be chosen, and All brings the whole back', async ({ page }) => {
  await visit(page);
  await drop(page, {
    name: 'estate.csv',
    body: `server,processor,sockets,cores,region,technology,partition,partition_cores,os,product,metric,from,to
esx-1,Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz,2,32,emea,vmware,vm-1,2,Linux,IBM MQ,PVU,2024-01-01,2024-12-31
esx-1,Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz,2,32,emea,vmware,vm-2,4,Linux,IBM MQ,PVU,2025-03-01,2025-06-30
`,
  });
  // Two cores in 2024, four in 2025: 140 and 280 at 70 PVU per core.
  await expect(figure(page, '280', 'sub-capacity', 'IBM MQ')).toBeVisible();
  const period = page.getByRole('group', { name: 'Period' });
  await period.getByRole('button', { name: '2024' }).click();
  await expect(figure(page, '140', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await period.getByRole('button', { name: 'All' }).click();
  await expect(figure(page, '280', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await period.getByLabel('to').fill('2025-02-28');
  await expect(figure(page, '140', 'sub-capacity', 'IBM MQ')).toBeVisible();

  // A period without days is refused with a sentence, and nothing has changed.
  await period.getByLabel('From').fill('2025-07-01');
  await expect(messages(page)).toContainText('Nothing has changed');
  await expect(figure(page, '140', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await expect(period.getByLabel('From')).toHaveValue('2024-01-01');
});
