// Rights: a ledger of entitlements against the demand of a snapshot, and the way back from everything.
import { drawer, drop, dropSnapshot, expect, figure, messages, part, paste, saved, started, test, visit } from './fixtures/journey.js';

const HEADER = 'agreement,site,part_number,product,metric,quantity,licence_type,ss_start,ss_end,order_date,poe';
const RIGHTS = [
  HEADER,
  '7001,Paris,,IBM MQ,PVU,500,perpetual,2025-01-01,2026-12-31,2019-04-01,P-1',
  '7001,Paris,,IBM MQ,PVU,200,perpetual,2025-01-01,2026-12-31,2021-04-01,P-2',
  '7001,Paris,D0I2SLL,,,12,,2025-01-01,2026-12-31,2020-04-01,P-3',
  '7001,Paris,,IBM MQ,PVU,many,perpetual,,,,P-4',
  '',
].join('\n');

const menu = (page, name) => page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name });
const undo = (page) => page.getByRole('banner').getByRole('button', { name: /^(Undo:|Nothing to undo)/ });

/** A cell of a sheet, by its row and the words above it. */
const cell = (sheet, row, title) => sheet.getByRole('row').nth(row + 1).getByRole('gridcell').and(sheet.locator('td')).nth(TITLES.indexOf(title));
const TITLES = ['Part number', 'Product', 'Metric', 'Quantity', 'Grants', 'Status', 'S&S until', 'Proof (PoE)'];

test('a snapshot and a ledger give what is over and what is short, each explained', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  await drop(page, { name: 'rights.csv', body: RIGHTS });
  // A row cannot be used: so it is shown before anything counts.
  const waiting = page.getByRole('dialog', { name: 'Import rights.csv' });
  await expect(waiting).toContainText('3 new, 0 changed, 0 already there, 1 left out');
  await waiting.getByRole('button', { name: /^Import / }).click();
  await expect(page.getByRole('heading', { name: 'Entitlements', level: 1 })).toBeVisible();
  await expect(messages(page)).toContainText('One line could not be used as it is written');
  await expect(messages(page)).toContainText('“many” is not a number');
  await expect(messages(page)).toContainText('Added: 3 entitlements.');
  const ledger = part(page, 'Ledger');
  await expect(ledger).toContainText('3 lines');
  // Twelve packs of ten.
  await expect(ledger.getByRole('row', { name: /D0I2SLL/ })).toContainText('120');

  await menu(page, 'Position').click();
  // 500 and 200 against 640.
  await expect(figure(page, '700', 'entitled', 'IBM MQ')).toBeVisible();
  await figure(page, '+60', 'entitled less sub-capacity', 'IBM MQ').click();
  await expect(drawer(page)).toContainText('60');
  await expect(drawer(page)).toContainText('rights.csv');
  await expect(drawer(page)).toContainText('The position is what is entitled less what is needed.');
  await page.keyboard.press('Escape');
  const owned = part(page, 'Entitled, but not measured here');
  await expect(owned.getByRole('row', { name: /Tivoli Storage Manager for Virtual Environments/ })).toContainText('+120');
  await saved(page);

  await page.reload();
  await started(page);
  await expect(figure(page, '700', 'entitled', 'IBM MQ')).toBeVisible();
});

test('two hundred pasted rows arrive, and everything is undone back to the empty estate', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  const rows = Array.from({ length: 200 }, (_, place) => ['IBM MQ', 'PVU', 1, `P-${place}`].join('\t'));
  await paste(page, [['Product', 'Metric', 'Quantity', 'PoE'].join('\t'), ...rows].join('\r\n'), 'body');
  await expect(part(page, 'Ledger')).toContainText('200 lines');
  await expect(undo(page)).toHaveAccessibleName('Undo: import of 200 entitlements');

  await part(page, 'Ledger').getByRole('rowheader', { name: '1', exact: true }).click();
  await part(page, 'Ledger').getByRole('button', { name: 'Remove lines' }).click();
  await expect(part(page, 'Ledger')).toContainText('199 lines');
  await page.keyboard.press('Control+z');
  await expect(part(page, 'Ledger')).toContainText('200 lines');
  await undo(page).click();
  await expect(page.getByRole('heading', { name: 'No entitlements yet' })).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await expect(part(page, 'Ledger')).toContainText('200 lines');
  await undo(page).click();
  await expect(undo(page)).toHaveAccessibleName('Undo: import of audit_snapshot.zip');
  await undo(page).click();
  await expect(undo(page)).toBeDisabled();
  await menu(page, 'Position').click();
  await expect(page.getByRole('heading', { name: 'Nothing to count yet' })).toBeVisible();
  await page.getByRole('banner').getByRole('button', { name: /^Redo:/ }).click();
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await saved(page);
});

test('a proof that is typed in counts like one of a file', async ({ page }) => {
  await visit(page, '#/entitlements');
  const ledger = part(page, 'Ledger');
  await cell(ledger, 0, 'Part number').click();
  await page.keyboard.type('d0i2sll');
  await page.keyboard.press('Tab');
  await expect(ledger).toContainText('The new line counts once its marked cells are filled.');
  await cell(ledger, 0, 'Quantity').click();
  await page.keyboard.type('5');
  await page.keyboard.press('Enter');
  await expect(ledger.getByRole('row', { name: /Tivoli Storage Manager/ })).toContainText('50');
  await expect(ledger).toContainText('One line');
  await saved(page);
});

test('what is owned under another name counts once somebody says so, with a reason', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  await drop(page, { name: 'rights.csv', body: 'product,metric,quantity\nIBM WebSphere MQ,PVU,700\n' });
  await menu(page, 'Position').click();
  await expect(figure(page, '−640', 'entitled less sub-capacity', 'IBM MQ')).toBeVisible();
  await page.getByRole('link', { name: /^Owned under another name/ }).click();
  await page.getByRole('button', { name: 'Aliases' }).click();
  const aliases = part(page, 'Aliases');
  await aliases.getByRole('grid').focus();
  await paste(page, 'IBM WebSphere MQ\tIBM MQ\trenamed in 2014');
  await expect(aliases).toContainText('One line');
  await menu(page, 'Position').click();
  await figure(page, '+60', 'entitled less sub-capacity', 'IBM MQ').click();
  await expect(drawer(page)).toContainText('Owned as IBM WebSphere MQ: renamed in 2014');
  await page.keyboard.press('Escape');
  await page.getByRole('banner').getByRole('button', { name: 'Undo: addition of one alias' }).click();
  await expect(figure(page, '−640', 'entitled less sub-capacity', 'IBM MQ')).toBeVisible();
});
