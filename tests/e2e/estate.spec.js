// The estate template: for those who have no ILMT, by the file chooser.
import { readFile } from 'node:fs/promises';
import { expect, figure, messages, part, saved, test, visit } from './fixtures/journey.js';

const HEADER = 'server,processor,sockets,cores,region,technology,partition,partition_cores,os,product,metric,from,to,environment,excluded_reason';

async function download(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

test('the blank template is downloaded, filled in and read by the file chooser', async ({ page }) => {
  await visit(page);
  const template = await download(page, 'blank template');
  expect(template.name).toBe('estate-template.csv');
  expect(template.text.trim()).toBe(HEADER);

  // 6 of 32 cores at 70: 420; full 32 x 70 = 2240. The second row breaks, and is left out with its reason.
  const rows = [
    'esx-9,Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz,2,32,emea,vmware,vm-1,6,Linux,IBM MQ,PVU,2026-01-01,2026-03-31,production,',
    'esx-9,Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz,2,32,emea,vmware,vm-2,6,Linux,IBM MQ,PVU,yesterday,2026-03-31,production,',
  ];
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByText('Choose files').click()]);
  await chooser.setFiles({ name: 'my estate.csv', mimeType: 'text/csv', buffer: Buffer.from([template.text.trim(), ...rows, ''].join('\n')) });

  await expect(figure(page, '420', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await expect(figure(page, '2,240', 'full capacity', 'IBM MQ')).toBeVisible();
  const files = part(page, 'What the numbers rest on');
  await expect(files).toContainText('estate template · 2 rows, 1 left out');
  const issue = page.getByRole('row', { name: /yesterday/ });
  await expect(issue).toContainText('my estate.csv');
  await expect(issue.getByRole('cell', { name: '3', exact: true })).toBeVisible();
  await expect(issue).toContainText('from');
  await saved(page);
});

test('the filled sample is downloaded and can be read', async ({ page }) => {
  await visit(page);
  const sample = await download(page, 'filled sample');
  await page.locator('input[type=file]').first().setInputFiles({ name: sample.name, mimeType: 'text/csv', buffer: Buffer.from(sample.text) });
  // db-01 and db-02 run together from April to September: 16 cores at 70.
  await expect(figure(page, '1,120', 'sub-capacity', 'IBM Db2 Standard Edition')).toBeVisible();
  await expect(messages(page).getByRole('button', { name: 'Dismiss' })).toHaveCount(0);
});

test('a semicolon, capitals, another order and UTF-16 are read all the same', async ({ page }) => {
  await visit(page);
  const text = 'PRODUCT;Server;Technology;Processor;Sockets;Cores;Metric;Extra\r\nIBM MQ;metal;none;IBM POWER9 E980;4;10;PVU;kept\r\n';
  await page.locator('input[type=file]').first().setInputFiles({
    name: 'excel.csv',
    mimeType: 'text/csv',
    buffer: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
  });
  // POWER9 E980 has 120 PVU per core.
  await expect(figure(page, '1,200', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await expect(part(page, 'What the numbers rest on')).toContainText('8 columns, 1 not used');
});
