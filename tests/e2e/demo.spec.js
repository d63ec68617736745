// The demo: a believable company in a store of its own.
import { drawer, drop, dropSnapshot, expect, figure, saved, test, visit } from './fixtures/journey.js';

const badge = (page) => page.getByRole('group', { name: 'Demo' });

/** Opens the menu of the badge, and gives it. */
async function demoMenu(page) {
  await badge(page).getByRole('button', { name: 'Demo' }).click();
  return badge(page);
}

test('the demo shows a company with history and never touches what is the user’s own', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  const name = page.getByRole('textbox', { name: 'Name of the estate' });
  await name.fill('Mine');
  await name.press('Enter');
  await saved(page);

  await page.getByRole('link', { name: 'Start' }).click();
  await page.getByRole('link', { name: 'Open the demo' }).click();
  // Escape stops what is being read: the demo is there first.
  await expect(figure(page, '1,120', 'sub-capacity', 'IBM SPSS Modeler Server')).toBeVisible();
  await expect((await demoMenu(page)).getByText('nothing of yours is touched')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(badge(page).getByText('nothing of yours is touched')).toBeHidden();
  await expect(name).toHaveValue('Meridian Freight (demo)');
  // By hand: Asia 4 cores, EMEA 8 + 4, at 70: 280 + 840. Full: 40 cores, and 32 + 32.
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
  await expect(badge(page)).toBeVisible();
  await expect(figure(page, '1,200', 'sub-capacity', 'Extra product')).toBeVisible();
  await (await demoMenu(page)).getByRole('button', { name: 'Reset' }).click();
  await expect(figure(page, '1,200', 'sub-capacity', 'Extra product')).toBeHidden();
  await expect(figure(page, '1,120', 'sub-capacity', 'IBM SPSS Modeler Server')).toBeVisible();

  await (await demoMenu(page)).getByRole('button', { name: 'Leave the demo' }).click();
  await expect(badge(page)).toBeHidden();
  await page.locator('#main').getByRole('link', { name: 'Position', exact: true }).first().click();
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await expect(figure(page, '1,120', 'sub-capacity', 'IBM SPSS Modeler Server')).toBeHidden();
});

test('a second tab does not wake up in the demo of the first', async ({ page, context }) => {
  await visit(page, '#/demo');
  await expect(badge(page)).toBeVisible();
  await expect(figure(page, '1,120', 'sub-capacity', 'IBM SPSS Modeler Server')).toBeVisible();
  await saved(page);
  const other = await context.newPage();
  await visit(other, '#/position');
  await expect(other.getByRole('heading', { name: 'Nothing to count yet' })).toBeVisible();
  await expect(badge(other)).toBeHidden();
});
