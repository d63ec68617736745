// The demo: a believable company in a store of its own.
import { drawer, drop, dropSnapshot, expect, figure, saved, test, visit } from './fixtures/journey.js';

const ribbon = (page) => page.getByRole('complementary', { name: 'Demo' });

test('the demo shows a company with history and never touches what is the user’s own', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  const name = page.getByRole('textbox', { name: 'Name of the estate' });
  await name.fill('Mine');
  await name.press('Enter');
  await saved(page);

  await page.getByRole('link', { name: 'Start' }).click();
  await page.getByRole('link', { name: 'Open the demo' }).click();
  await expect(ribbon(page)).toContainText('nothing of yours is touched');
  await expect(name).toHaveValue('Meridian Freight (demo)');
  // By hand: EMEA 8 + 4 cores, Asia Pacific 4, at 70: 840 + 280. Full: 32 + 32 and 40 cores.
  await expect(figure(page, '1,120', 'sub-capacity', 'IBM SPSS Modeler Server')).toBeVisible();
  await figure(page, '7,280', 'full capacity', 'IBM SPSS Modeler Server').click();
  await expect(drawer(page)).toContainText('7,280 = 2,800 + 4,480');
  await page.keyboard.press('Escape');
  await expect(page.getByText('PVU rest on hosts that nobody knows')).toBeVisible();

  // A change in the demo, and the demo as it was.
  await drop(page, { name: 'more.csv', body: 'server,processor,sockets,cores,technology,product,metric\nx,IBM POWER9 E980,4,10,none,Extra product,PVU\n' });
  await expect(figure(page, '1,200', 'sub-capacity', 'Extra product')).toBeVisible();
  await saved(page);
  await page.reload();
  await expect(ribbon(page)).toBeVisible();
  await expect(figure(page, '1,200', 'sub-capacity', 'Extra product')).toBeVisible();
  await ribbon(page).getByRole('button', { name: 'Reset' }).click();
  await expect(figure(page, '1,200', 'sub-capacity', 'Extra product')).toBeHidden();
  await expect(figure(page, '1,120', 'sub-capacity', 'IBM SPSS Modeler Server')).toBeVisible();

  await ribbon(page).getByRole('button', { name: 'Leave the demo' }).click();
  await expect(ribbon(page)).toBeHidden();
  await page.getByRole('link', { name: /^Go on with Mine/ }).click();
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await expect(figure(page, '1,120', 'sub-capacity', 'IBM SPSS Modeler Server')).toBeHidden();
});

test('a second tab does not wake up in the demo of the first', async ({ page, context }) => {
  await visit(page, '#/demo');
  await expect(ribbon(page)).toBeVisible();
  await expect(figure(page, '1,120', 'sub-capacity', 'IBM SPSS Modeler Server')).toBeVisible();
  await saved(page);
  const other = await context.newPage();
  await visit(other, '#/position');
  await expect(other.getByRole('heading', { name: 'Nothing to count yet' })).toBeVisible();
  await expect(ribbon(other)).toBeHidden();
});
