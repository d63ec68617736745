// Reports: a proposal from a forecast to paper and workbook, and what resellers report.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { demo as openDemo, expect, part, test, visit } from './fixtures/journey.js';
import { unzipped } from './fixtures/zip.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const VIEWS = ['180 days ahead', 'Opportunities', 'Order history', 'End customers', 'Terms', 'Price notices', 'Overage'];

// A colour in the middle of a change is none that anybody reads.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

const views = (page) => page.getByRole('navigation', { name: 'Reports' });

async function proposal(page) {
  await openDemo(page);
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Renewals' }).click();
  await page.getByRole('link', { name: /: Proposal$/ }).click();
  await expect(page.getByRole('heading', { name: 'Proposal', level: 1 })).toBeVisible();
  await expect(part(page, 'Totals')).toBeVisible();
}

/** What stands on paper; the sheet itself is there to be looked at. */
async function onPaper(page, name) {
  await page.pdf({ path: `results/screens/${name}.pdf`, preferCSSPageSize: true });
  await page.emulateMedia({ media: 'print' });
  const text = await page.locator('main').innerText();
  await page.emulateMedia({ media: 'screen' });
  return text;
}

async function check(page, what) {
  const found = await page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, { runOnly: tags });
    return violations.map(({ id, nodes }) => ({ id, where: nodes.slice(0, 3).map(({ target }) => target.join(' ')) }));
  }, TAGS);
  expect.soft(found, `${what}: what axe finds`).toEqual([]);
}

test('a proposal is numbered, printed with its amounts and what it is not, and undone', async ({ page }) => {
  await proposal(page);
  await page.getByLabel('Number').fill('P-2027-01');
  await page.getByLabel('Valid until').fill('2099-12-31');
  await page.keyboard.press('Tab');
  const facts = page.getByRole('table', { name: 'Proposal' });
  await expect(facts).toContainText('P-2027-01');
  await expect(facts).toContainText('2099');
  const total = await part(page, 'Totals').locator('tbody td.n').first().innerText();
  expect(total).toMatch(/[1-9]/);
  const paper = await onPaper(page, 'proposal');
  for (const text of ['P-2027-01', total, 'Price of one', 'An estimate from your own figures, not an offer of IBM.']) expect(paper).toContain(text);
  expect(paper).not.toContain('Excel');
  await page.locator('#main').focus();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(facts).not.toContainText('P-2027-01');
});

test('a proposal leaves as a workbook that adds its amounts itself', async ({ page }) => {
  await proposal(page);
  const button = page.getByRole('main').getByRole('button', { name: 'Excel', exact: true });
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  expect(download.suggestedFilename()).toMatch(/-proposal\.xlsx$/);
  expect(unzipped(await readFile(await download.path()), 'xl/worksheets/sheet1.xml')).toMatch(/<f>SUMPRODUCT[^<]*<\/f><v>[0-9.]+<\/v>/);
});

for (const colorScheme of ['light', 'dark']) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test(`every report is there, fits a phone, and axe finds nothing on it, ${colorScheme}`, async ({ page }) => {
      test.slow();
      await page.addInitScript({ content: AXE });
      await visit(page, '#/reports');
      await expect(page.getByRole('heading', { name: 'Nothing to report yet' })).toBeVisible();
      await check(page, 'Reports without data');
      await proposal(page);
      await check(page, 'Proposal');
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 900 });
        for (const name of ['Proposal', ...VIEWS]) {
          await views(page).getByRole('link', { name }).click();
          await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
          await expect(page.locator('main .card, main .note.fine').last()).toBeVisible();
          await page.screenshot({ path: `results/screens/report-${name}-${width}-${colorScheme}.png`, fullPage: true });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          expect.soft(wide, `${name} at ${width}`).toBeLessThanOrEqual(0);
          await check(page, `${name} at ${width}`);
        }
      }
    });
  });
}
