// Any spreadsheet: its columns are named, what is ambiguous is settled, and nothing counts before it is taken in.
import { readFileSync } from 'node:fs';
import { drop, expect, figure, messages, part, paste, picture, saved, test, visit } from './fixtures/journey.js';

const undo = (page) => page.getByRole('banner').getByRole('button', { name: /^(Undo:|Nothing to undo)/ });
const dialog = (page, file) => page.getByRole('dialog', { name: `Import ${file}` });

/** The row of a column in the import step, and what it can be imported as. */
const column = (waiting, name) => waiting.getByRole('table', { name: 'Columns' }).getByRole('row', { name });
const importsAs = (waiting, name) => waiting.getByRole('combobox', { name: `“${name}” imports as` });
const format = (waiting, name) => waiting.getByRole('combobox', { name: `Format of “${name}”` });

test('a sheet of unknown columns comes in once they are named, and the next one of its shape by itself', async ({ page }) => {
  await visit(page);
  const sheet = (rows) => `Item\tCount\tUntil\n${rows.join('\n')}\n`;
  await drop(page, { name: 'bestand.csv', body: sheet(['IBM MQ\t1.000\t2026-12-31', 'IBM Db2\t2.500\t2026-12-31']) });
  const waiting = dialog(page, 'bestand.csv');
  await expect(column(waiting, /^Count/)).toContainText('1.000 · 2.500');
  await expect(column(waiting, /^Count/)).toContainText('would be left out');
  await expect(waiting).toContainText('No column is imported as Quantity');
  await importsAs(waiting, 'Item').selectOption('Product');
  await importsAs(waiting, 'Count').selectOption('Quantity');
  // 1.000 and 2.500 can be thousands or not: nobody guesses.
  await expect(column(waiting, /^Count/)).toContainText('say how it is written');
  await expect(waiting).toContainText('0 new, 0 changed, 0 already there, 2 left out');
  await format(waiting, 'Count').selectOption('1.234,5');
  await expect(column(waiting, /^Count/)).toContainText('read as 1,000 · 2,500');
  await importsAs(waiting, 'Until').selectOption('S&S until');
  await expect(waiting).toContainText('2 new, 0 changed, 0 already there, 0 left out');
  await expect(waiting.getByRole('region', { name: 'What becomes of each row' }).first()).toContainText('31 Dec 2026');
  await picture(page, 'mapping');
  await waiting.getByRole('button', { name: 'Import 2 lines' }).click();
  await expect(waiting).toBeHidden();
  await expect(part(page, 'Ledger').getByRole('row', { name: /IBM Db2/ })).toContainText('2,500');
  await expect(undo(page)).toHaveAccessibleName('Undo: import of 2 entitlements');
  await saved(page);

  await drop(page, { name: 'neu.csv', body: sheet(['IBM Cognos\t7.000\t2027-12-31']) });
  await expect(part(page, 'Ledger').getByRole('row', { name: /IBM Cognos/ })).toContainText('7,000');
  await undo(page).click();
  await undo(page).click();
  await expect(page.getByRole('heading', { name: 'No entitlements yet' })).toBeVisible();
});

test('what an import would change of the balances is read before it is imported', async ({ page }) => {
  await visit(page);
  // 8 cores of 70 PVU.
  await drop(page, {
    name: 'estate.csv',
    body: 'server,processor,sockets,cores,technology,product,metric,from,to\ns1,Xeon Gold 6130,2,8,none,IBM MQ,PVU,2026-01-01,2026-01-31\n',
  });
  await expect(figure(page, '560', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await drop(page, { name: 'rights.csv', body: 'product,metric,quantity,zzz\nIBM MQ,PVU,700,?\n' });
  const waiting = dialog(page, 'rights.csv');
  const effect = waiting.getByRole('region', { name: 'Effect on the balance' });
  await expect(effect.getByRole('listitem')).toHaveText(/IBM MQ PVU\s*not known\s*→\s*becomes\s*\+140\s*▲ surplus/);
  await picture(page, 'mapping-effect');
  await importsAs(waiting, 'quantity').selectOption('not imported');
  await expect(effect).toBeHidden();
  await importsAs(waiting, 'quantity').selectOption('Quantity');
  await expect(effect).toContainText('+140');
  await waiting.getByRole('button', { name: 'Import one line' }).click();
  await expect(waiting).toBeHidden();
  await page.getByRole('navigation', { name: 'Screens', exact: true }).getByRole('link', { name: 'Position' }).click();
  await expect(figure(page, '+140', 'entitled less sub-capacity', 'IBM MQ')).toBeVisible();
});

test('columns that need somebody come first, stay where they are, and can all be settled by keyboard', async ({ page }) => {
  await visit(page);
  await drop(page, {
    name: 'Lizenzen.csv',
    body: 'Lizenzbezeichnung;Einheit;Bestand;S&S bis;Vertragsnr.;Artikel-Nr.;Bemerkung;Kostenträger\nIBM MQ;PVU;1.400;31.12.2026;12345;;geprüft;K1\nIBM Db2;PVU;70;28.02.2027;12345;;;K2\nSumme;;1.470;;;;;\n',
  });
  const waiting = dialog(page, 'Lizenzen.csv');
  const headers = waiting.getByRole('table', { name: 'Columns' }).locator('tbody th > bdi');
  const order = ['Bemerkung', 'Kostenträger', 'Lizenzbezeichnung', 'Einheit', 'Bestand', 'S&S bis', 'Vertragsnr.', 'Artikel-Nr.'];
  await expect(headers).toHaveText(order);
  await expect(waiting).toContainText('2 need your choice');
  await expect(column(waiting, /^S&S bis/)).toContainText('read as 31 Dec 2026 · 28 Feb 2027');
  await expect(column(waiting, /^Bestand/)).toContainText('read as 1,400 · 1,470');
  await expect(column(waiting, /^Artikel-Nr/)).toContainText('empty in all rows');
  await importsAs(waiting, 'Kostenträger').focus();
  await page.keyboard.type('Site');
  await expect(waiting).toContainText('one needs your choice');
  await expect(headers).toHaveText(order);
  await expect(importsAs(waiting, 'Kostenträger')).toBeFocused();
  await expect(waiting).toContainText('2 new, 0 changed, 0 already there, 1 left out');
  await waiting.getByRole('button', { name: 'left out 1' }).click();
  await expect(waiting.getByRole('grid').getByRole('row')).toHaveCount(2);
  await expect(waiting.getByRole('grid')).toContainText('Summe');
  const confirm = waiting.getByRole('button', { name: 'Import 2 lines' });
  await expect(confirm).toBeInViewport();
  await confirm.press('Enter');
  await expect(part(page, 'Ledger').getByRole('row', { name: /IBM MQ/ })).toContainText('1,400');
  await saved(page);
});

test('a table below a title begins at its header, and another row can be taken for it', async ({ page }) => {
  await visit(page);
  await drop(page, { name: 'titled.csv', body: 'Licences of Northwind, as of 2026\n\nThing;Stock;Until\nIBM MQ;5;2026-12-31\nIBM Db2;7;2026-12-31\n' });
  const waiting = dialog(page, 'titled.csv');
  await expect(column(waiting, /^Thing/)).toContainText('IBM MQ · IBM Db2');
  await expect(waiting.getByLabel('Headers in row')).toHaveValue('3');
  await waiting.getByLabel('Headers in row').fill('4');
  await page.keyboard.press('Tab');
  await expect(column(waiting, /^2026-12-31/)).toBeVisible();
  await expect(column(waiting, /^Thing/)).toHaveCount(0);
  await waiting.getByLabel('Headers in row').fill('40');
  await page.keyboard.press('Tab');
  await expect(messages(page)).toContainText('The table has no row 40.');
  await waiting.getByRole('button', { name: 'Cancel' }).click();
  await expect(waiting).toBeHidden();
});

test('a file that is read again changes its lines, which are seen before, or it is left', async ({ page }) => {
  await visit(page);
  const rights = (quantity) => `poe,product,metric,quantity\nP-1,IBM MQ,PVU,${quantity}\nP-2,IBM Db2,PVU,70\n`;
  await drop(page, { name: 'rights.csv', body: rights(100) });
  await expect(part(page, 'Ledger')).toContainText('2 lines');
  await drop(page, { name: 'rights.csv', body: rights(140) });
  const waiting = dialog(page, 'rights.csv');
  await expect(waiting).toContainText('0 new, 1 changed, 1 already there, 0 left out');
  await expect(waiting.getByRole('row', { name: /changed/ })).toContainText('Quantity: 100 → 140.');
  await page.keyboard.press('Escape');
  await expect(waiting).toBeHidden();
  await expect(part(page, 'Ledger').getByRole('row', { name: /P-1/ })).toContainText('100');
  await drop(page, { name: 'rights.csv', body: rights(140) });
  await waiting.getByRole('button', { name: /^Import / }).click();
  await expect(part(page, 'Ledger').getByRole('row', { name: /P-1/ })).toContainText('140');
  await expect(part(page, 'Ledger')).toContainText('2 lines');
  await saved(page);
});

test('a paper is kept with its checksum, and comes back byte for byte', async ({ page }) => {
  await visit(page, '#/entitlements');
  await drop(page, { name: 'PoE 1001.pdf', body: '%PDF-1.7 a proof' });
  await expect(messages(page)).toContainText('Added: one document.');
  await page.getByRole('button', { name: 'Documents' }).click();
  await expect(part(page, 'Documents').getByRole('row', { name: /PoE 1001/ })).toContainText(/[0-9a-f]{64}/);
  await saved(page);
  await page.reload();
  await page.getByRole('button', { name: 'Documents' }).click();
  const papers = part(page, 'Documents');
  await expect(papers.getByRole('row', { name: /PoE 1001/ })).toHaveCount(1);
  await papers.getByRole('gridcell', { name: 'PoE 1001.pdf' }).click();
  const download = page.waitForEvent('download');
  await papers.getByRole('button', { name: 'Save the document' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('PoE 1001.pdf');
  expect(readFileSync(await file.path(), 'utf8')).toBe('%PDF-1.7 a proof');
});

test('orders of two agreements are told apart, and merging them is foreseen', async ({ page }) => {
  await visit(page);
  await drop(page, { name: 'agreements.csv', body: 'agreement,customer,programme\n100,Northwind,passport_advantage\n200,Contoso,passport_advantage\n' });
  await drop(page, { name: 'sites.csv', body: 'agreement,site,country,role\n100,Oslo,Norway,originating\n200,Rome,Italy,originating\n' });
  await drop(page, { name: 'orders.csv', body: 'date,site,points\n2026-03-01,Oslo,600\n2026-03-01,Rome,600\n' });
  await expect(page.getByRole('heading', { name: 'Volume level', level: 1 })).toBeVisible();
  // Each is at D with 600 points; together 1,200 earn E.
  const merged = page.getByRole('table', { name: 'If agreements were merged' });
  await expect(merged.getByRole('row', { name: /^100/ })).toContainText('E');
  await expect(merged.getByRole('row', { name: /^100/ })).toContainText('raises the level');
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Entitlements' }).click();
  await page.getByRole('button', { name: 'Agreements today' }).click();
  const today = part(page, 'Agreements today');
  await expect(today.getByRole('row', { name: /Contoso/ })).toContainText('D');
  await expect(today.getByRole('row', { name: /Contoso/ })).toContainText('600');
  await saved(page);
});

test('a pasted list of processors is rated at once', async ({ page }) => {
  await visit(page, '#/rate');
  const list = part(page, 'List of processors');
  await expect(list.getByRole('columnheader', { name: 'Processor' })).toBeVisible();
  await list.getByRole('grid').focus();
  await paste(page, 'Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz\t2\nIBM POWER9 E980\t4');
  await expect(list.getByRole('row', { name: /Gold 6130/ })).toContainText('2,240');
  await expect(list.getByRole('row', { name: /E980/ })).toContainText('120');
  await saved(page);
});

test('a server without a region gets one, and its peak counts there', async ({ page }) => {
  await visit(page);
  await drop(page, { name: 'estate.csv', body: 'server,processor,sockets,cores,technology,product,metric,from,to\na,Intel Xeon Gold 6130,2,8,none,Db2,PVU,2026-01-01,2026-06-30\n' });
  const regions = part(page, 'Regions of servers');
  await expect(regions.getByRole('columnheader', { name: 'Server' })).toBeVisible();
  await regions.getByRole('grid').focus();
  await paste(page, 'a\temea\tHamburg');
  await expect(page.getByText('The region of one server is assigned by the user.')).toBeAttached();
  await page.getByRole('button', { name: /Db2/ }).click();
  await expect(page.getByRole('rowheader', { name: 'EMEA' })).toBeVisible();
  await saved(page);
});
