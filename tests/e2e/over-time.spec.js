// The products over time: the chart of a row, and the table sorted, filtered, grouped and remembered.
import { drop, expect, figure, part, test, visit } from './fixtures/journey.js';

const MODELER = 'IBM SPSS Modeler Server';
const products = (page) => part(page, 'Products');
const names = (page) => products(page).getByRole('rowheader').filter({ has: page.locator('.two') });
const balances = (page) => products(page).locator('.c-balance > .figure');

async function demo(page) {
  await visit(page, '#/demo');
  await expect(figure(page, '1,120', 'sub-capacity', MODELER)).toBeVisible();
}

test('a product opens to its days: the high-water mark, what is entitled, its peak, and the same in a table', async ({ page }) => {
  await visit(page);
  // Eight cores until the end of March, four from then on, at 70 PVU; in Asia four cores in May alone.
  await drop(page, {
    name: 'estate.csv',
    body: `server,processor,sockets,cores,region,technology,partition,partition_cores,product,metric,from,to
esx-1,Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz,2,32,emea,vmware,vm-1,8,IBM MQ,PVU,2026-01-01,2026-03-31
esx-1,Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz,2,32,emea,vmware,vm-1,4,IBM MQ,PVU,2026-04-01,2026-06-30
esx-2,Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz,2,32,apac,vmware,vm-2,4,IBM MQ,PVU,2026-05-01,2026-05-31
`,
  });
  await expect(figure(page, '840', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await drop(page, { name: 'rights.csv', body: 'product,metric,quantity\nIBM MQ,PVU,700\n' });
  await expect(part(page, 'Ledger')).toContainText('One line');
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Position' }).click();
  await expect(figure(page, '−140', 'entitled less sub-capacity', 'IBM MQ')).toBeVisible();

  const open = page.getByRole('button', { name: 'Details of IBM MQ' });
  await open.press('Enter');
  await expect(open).toHaveAttribute('aria-expanded', 'true');
  await expect(open).toBeFocused();
  // 560 in EMEA and 280 in Asia, on days of their own.
  const chart = products(page).getByRole('img', { name: /^IBM MQ.*the high-water mark is 840 PVU, last seen on 31 May 2026\. Entitled: 700; shortfall: 140\.$/ }).last();
  await expect(chart).toBeVisible();
  await expect(chart.getByText('31 May 2026')).toBeVisible();
  const legend = products(page).locator('.signs');
  for (const text of ['Asia Pacific', 'EMEA', 'high-water mark 840 PVU', 'entitled 700 PVU', 'shortfall 140 PVU', 'above the scale']) {
    await expect(legend).toContainText(text);
  }
  const counts = products(page).getByRole('table', { name: 'What counts' });
  await expect(counts.getByRole('row', { name: /EMEA/ })).toContainText('31 Mar 2026');
  await expect(counts.getByRole('row', { name: /Asia Pacific/ })).toContainText('280');
  await open.press('Enter');
  await expect(counts).toBeHidden();
});

test('products are sorted, filtered and grouped, and the choice is still there after a reload', async ({ page }) => {
  await demo(page);
  // Grouped by status, the worst first.
  const groups = products(page).locator('tr.group');
  await expect(groups.first()).toContainText('shortfall');
  await expect(balances(page).first()).toContainText('−');

  const short = products(page).getByRole('group', { name: 'Status' }).getByRole('button', { name: /^shortfall/ });
  const count = Number((await short.innerText()).match(/\d+/)[0]);
  await short.click();
  await expect(short).toHaveAttribute('aria-pressed', 'true');
  await expect(short).toBeFocused();
  await expect(names(page)).toHaveCount(count);
  await products(page).getByRole('button', { name: /^All/ }).click();

  await page.getByRole('searchbox', { name: 'Filter rows' }).fill('modeler');
  await expect(names(page)).toHaveText([MODELER]);
  await page.getByRole('searchbox', { name: 'Filter rows' }).fill('no such product');
  await expect(products(page)).toContainText('Nothing fits the filter.');
  await page.getByRole('searchbox', { name: 'Filter rows' }).fill('');

  await products(page).getByLabel('Group').selectOption({ label: 'none' });
  await expect(groups).toHaveCount(0);
  const header = products(page).getByRole('columnheader', { name: /^Product/ });
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  await expect(header.getByRole('button')).toBeFocused();
  const ascending = await names(page).allInnerTexts();
  await page.keyboard.press('Enter');
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  await expect(names(page).first()).not.toHaveText(ascending[0]);
  await products(page).getByRole('button', { name: 'Compact' }).click();

  await page.reload();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  await expect(groups).toHaveCount(0);
  await expect(products(page).getByRole('button', { name: 'Compact' })).toHaveAttribute('aria-pressed', 'true');
});

test('the products fit their place without a scrollbar, also beside an open explanation', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await demo(page);
  const over = () => products(page).evaluate((card) => {
    const edge = card.getBoundingClientRect().right;
    return [...card.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > edge + 1).length;
  });
  expect(await over()).toBe(0);
  await figure(page, '1,120', 'sub-capacity', MODELER).click();
  await expect(page.getByRole('dialog', { name: /comes about$/ })).toBeVisible();
  expect(await over()).toBe(0);
  await expect(figure(page, '1,120', 'sub-capacity', MODELER)).toHaveAttribute('aria-current', 'true');
});

test('on a phone each product is a card that opens to its chart', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await demo(page);
  await page.getByRole('button', { name: `Details of ${MODELER}` }).click();
  await expect(products(page).getByRole('table', { name: 'What counts' })).toBeVisible();
  await expect(products(page).getByRole('row', { name: new RegExp(`^${MODELER}`) }).first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
});

test('an opened chart is on the paper, and nothing to press is', async ({ page }) => {
  await demo(page);
  await page.getByRole('button', { name: `Details of ${MODELER}` }).click();
  await expect(products(page).getByRole('table', { name: 'What counts' })).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(products(page).locator('figure.chart svg.frame')).toBeVisible();
  await expect(products(page).getByRole('button', { name: 'Compact' })).toBeHidden();
});
