// What a person does who has never seen the page: a ledger and a snapshot come in, the columns get their meaning, the peak is
// seen against what is owned, and it is printed for a customer.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawer, drop, expect, figure, finder, part, saved, test, visit } from './fixtures/journey.js';
import { snapshot } from './fixtures/snapshot.js';

const SAMPLE = join(process.env.HIGHWATER_SAMPLES || '/nowhere', 'ilmt-audit-snapshot', 'audit_snapshot.zip');

/** Drops a German ledger whose columns nobody knows, names three of them with the mouse, and imports it. */
async function mapLedger(page, rows) {
  const header = 'Sache;Einheit;Vorrat;Läuft aus\n';
  await drop(page, { name: 'Lizenzen.csv', body: header + rows.map((row) => `${row};31.12.2026\n`).join('') });
  const waiting = page.getByRole('dialog', { name: 'Import Lizenzen.csv' });
  for (const [column, field] of [['Sache', 'Product'], ['Vorrat', 'Quantity'], ['Läuft aus', 'S&S until']]) {
    const choice = waiting.getByRole('combobox', { name: `“${column}” imports as` });
    await choice.click();
    await choice.selectOption(field);
  }
  await waiting.getByRole('button', { name: `Import ${rows.length} lines` }).click();
  await expect(part(page, 'Ledger')).toContainText(`${rows.length} lines`);
}

/** Finds a product by keyboard: its number stands with its derivation. */
async function find(page, typed) {
  await page.keyboard.press('Control+k');
  await expect(finder(page)).toBeVisible();
  await page.keyboard.type(typed);
  await page.keyboard.press('Enter');
  await expect(drawer(page)).toBeVisible();
}

/** Prints the page as it is: nothing to fill in or to press, and no column that is cut. */
async function print(page, file) {
  await page.emulateMedia({ media: 'print' });
  // A4 less its margins.
  await page.setViewportSize({ width: 703, height: 1020 });
  // The heads of columns are words there, whatever they do on the screen.
  await expect(page.locator('main :is(button, input, select, textarea):not(th *)').locator('visible=true')).toHaveCount(0);
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll('main :is(th, td, svg.frame, svg.frame text)')]
      .filter((cell) => cell.checkVisibility() && cell.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .map((cell) => cell.textContent),
  );
  expect(cut, 'what the paper cuts').toEqual([]);
  const paper = (await page.pdf({ path: `results/screens/${file}.pdf`, preferCSSPageSize: true })).toString('latin1');
  expect(paper.match(/\/Type \/Page\b/g).length).toBeGreaterThan(0);
}

test('a stranger maps a German ledger, finds IBM MQ, sees its peak against what is owned, and prints it', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await visit(page);
  await drop(page, { name: 'audit_snapshot.zip', body: snapshot() });
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await mapLedger(page, ['IBM MQ;PVU;600', 'IBM Db2;PVU;200']);

  await find(page, 'ibm mq');
  await expect(drawer(page)).toContainText('How 640 PVU comes about');
  await page.keyboard.press('Escape');
  await expect(drawer(page)).toBeHidden();
  await page.getByRole('button', { name: 'Details of IBM MQ' }).click();
  // Half of it on the first of three days, all of it on the others.
  const seen = /^IBM MQ.*the high-water mark is 640 PVU, last seen on 3 Nov 2025\. Entitled: 600; shortfall: 40\.$/;
  await expect(part(page, 'Products').getByRole('img', { name: seen }).last()).toBeVisible();
  await expect(part(page, 'Products').locator('.signs')).toContainText('shortfall 40 PVU');
  await saved(page);
  await print(page, 'customer');
});

test('a snapshot without its daily file shows the peak as bars, with its day and what is short in words', async ({ page }) => {
  await visit(page);
  await drop(page, { name: 'audit_snapshot.zip', body: snapshot({ daily: false }) });
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await expect(page.getByRole('img', { name: /^IBM MQ needs most: 640 PVU at its peak\./ })).toBeVisible();
  await drop(page, { name: 'rights.csv', body: 'product,metric,quantity\nIBM MQ,PVU,600\n' });
  await expect(part(page, 'Ledger')).toContainText('One line');
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Position' }).click();
  await page.getByRole('button', { name: 'Details of IBM MQ' }).click();
  const bars = page.getByRole('img', { name: /^IBM MQ: Sub-capacity 640 PVU, peak last seen on 3 Nov 2025\. Entitled: 600; shortfall: 40\.$/ });
  await expect(bars).toBeVisible();
  await expect(bars).toContainText('full capacity 1,480 PVU');
  await expect(part(page, 'Products')).toContainText('The files state the peak and no days between.');
});

test('over the real snapshot a stranger does the same', async ({ page }) => {
  test.skip(!existsSync(SAMPLE), 'the real samples are not here: HIGHWATER_SAMPLES');
  await page.setViewportSize({ width: 1280, height: 900 });
  await visit(page);
  await drop(page, { name: 'audit_snapshot.zip', body: readFileSync(SAMPLE) });
  await expect(part(page, 'Totals')).toContainText('12 of 12');
  await mapLedger(page, ['IBM Db2 Big SQL;PVU;200', 'IBM MQ;PVU;70']);
  await find(page, 'big sql');
  await expect(drawer(page)).toContainText('How 280 PVU comes about');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Details of IBM Db2 Big SQL' }).click();
  const seen = /^IBM Db2 Big SQL.*the high-water mark is 280 PVU, last seen on 4 May 2021\. Entitled: 200; shortfall: 80\.$/;
  await expect(part(page, 'Products').getByRole('img', { name: seen }).last()).toBeVisible();
  await saved(page);
  await print(page, 'customer-real');
});
