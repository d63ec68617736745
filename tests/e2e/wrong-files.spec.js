// Wrong files: each costs one clear sentence, and the page lives on.
import { drop, dropSnapshot, expect, messages, test, visit } from './fixtures/journey.js';
import { snapshot } from './fixtures/snapshot.js';
import { zip } from './fixtures/zip.js';

const HEADER = 'server,processor,sockets,cores,region,technology,partition,partition_cores,os,product,metric';
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

const cases = [
  ['a zip bomb', 'bomb.zip', () => zip({ 'data_condition.txt': Buffer.alloc(40 << 20, '0') }, { packed: true }), 'unpacks to more than 200 times its size'],
  ['a truncated zip', 'half.zip', () => snapshot().subarray(0, 2000), 'damaged or cut short'],
  ['a text that is called zip', 'text.zip', () => 'This is a letter,\nand no archive.\n', 'The name says zip, but the file is text'],
  ['a line of ten million characters', 'line.csv', () => `${HEADER}\n${'x'.repeat(10_000_000)}\n`, 'longer than 32,767 characters'],
  ['an empty file', 'empty.csv', () => '', 'The file is empty'],
  ['a picture that is called CSV', 'picture.csv', () => PNG, 'neither text nor a workbook nor a zip archive'],
  ['an archive in an archive', 'nested.zip', () => zip({ 'data_condition.txt': 'Start Date:\r\n', 'inner.zip': snapshot() }), 'holds another archive'],
  ['a zip of something else', 'holiday.zip', () => zip({ 'beach.jpg': 'x' }), 'neither an ILMT audit snapshot nor a workbook'],
  ['an entry that leads out', 'climb.zip', () => zip({ 'data_condition.txt': 'x', '../../etc/passwd': 'x' }), 'leads out of it'],
  ['a table of partitions that is no estate', 'racks.csv', () => 'server,partition,rack\na,p,7\n', 'an estate template has at least the columns'],
  ['JSON of something else', 'package.json', () => '{"name":"something"}', 'package.json'],
  ['a workspace of a newer edition', 'next.highwater.json', () => '{"type":"highwater-workspace","version":99,"workspace":{}}', 'written by a newer Highwater (version 99)'],
  ['a broken workspace', 'broken.highwater.json', () => '{"type":"highwater-workspace","version":1,"workspace":', 'This is not a backup of Highwater'],
];

for (const [what, name, body, sentence] of cases) {
  test(`${what} costs one sentence, and the page lives on`, async ({ page }) => {
    await visit(page);
    await drop(page, { name, body: body() });
    await expect(messages(page)).toContainText(sentence);
    await expect(messages(page)).toContainText(name);
    await expect(messages(page).getByRole('button', { name: 'Dismiss' })).toHaveCount(1);
    await expect(page.getByRole('dialog', { name: 'One moment' })).toBeHidden();
    await messages(page).getByRole('button', { name: 'Dismiss' }).click();
    await expect(messages(page).getByRole('button', { name: 'Dismiss' })).toHaveCount(0);
    await dropSnapshot(page);
  });
}

test('of several files the good ones are taken, and the others are named', async ({ page }) => {
  await visit(page);
  await drop(page, { name: 'picture.csv', body: PNG }, { name: 'audit_snapshot.zip', body: snapshot() }, { name: 'empty.csv', body: '' });
  await expect(messages(page)).toContainText('2 files could not be used');
  await expect(messages(page)).toContainText('picture.csv');
  await expect(messages(page)).toContainText('empty.csv');
  await expect(page.getByRole('row', { name: /^IBM MQ/ })).toContainText('640');
});

test('text in a file stays text: no markup, no script', async ({ page }) => {
  const evil = '<img src=x onerror=alert(1)>';
  await visit(page);
  await drop(page, { name: `${evil}.csv`, body: `${HEADER}\n${evil},${evil},2,16,emea,none,,,Linux,${evil},PVU\n` });
  await expect(page.getByRole('row', { name: new RegExp(`^${evil.replace(/[()]/g, '\\$&')}`) }).first()).toBeVisible();
  await expect(page.locator('main img')).toHaveCount(0);
});
