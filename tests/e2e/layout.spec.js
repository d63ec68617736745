// The page fits: from 320 to 2560 pixels, mirrored, with forced colours, on paper. HIGHWATER_PICTURES=1 leaves pictures in
// results/screens.
import { dropSnapshot, drawer, expect, figure, picture, test, visit } from './fixtures/journey.js';

const DEMO = ['IBM SPSS Modeler Server', '1,120'];

/** Every screen with data, by name. */
const SCREENS = {
  start: (page) => visit(page, '#/'),
  rate: async (page) => {
    await visit(page, '#/rate');
    await page.getByRole('combobox', { name: 'Processor' }).fill('Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz');
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Sockets' }).fill('2');
    await expect(page.locator('output')).toContainText('2,240');
  },
  position: async (page) => {
    await visit(page, '#/position');
    await expect(figure(page, DEMO[1], 'sub-capacity', DEMO[0])).toBeVisible();
  },
  derivation: async (page) => {
    await visit(page, '#/position');
    await figure(page, DEMO[1], 'sub-capacity', DEMO[0]).click();
    await expect(drawer(page)).toContainText('How 1,120 PVU comes about');
  },
  entitlements: async (page) => {
    await visit(page, '#/entitlements');
    await expect(page.getByRole('row', { name: /PoE-1001/ })).toBeVisible();
  },
  bundles: async (page) => {
    await visit(page, '#/bundles');
    await expect(page.getByRole('row', { name: /IBM FileNet Content Manager/ }).first()).toBeVisible();
  },
  'volume-level': async (page) => {
    await visit(page, '#/volume-level');
    await expect(page.getByRole('img', { name: /^Points over time/ })).toBeVisible();
  },
  renewals: async (page) => {
    await visit(page, '#/renewals');
    await page.getByRole('button', { name: 'Details of IBM MQ', exact: true }).click();
    await expect(page.getByRole('table', { name: 'Charges' })).toBeVisible();
  },
  catalogue: (page) => visit(page, '#/catalogue'),
  parts: async (page) => {
    await visit(page, '#/catalogue?view=parts&find=E0256LL&open=E0256LL');
    await expect(page.getByRole('table', { name: 'Prices' })).toBeVisible();
  },
  changes: async (page) => {
    await visit(page, '#/catalogue?view=changes');
    await expect(page.getByRole('row', { name: /E0256LL/ }).first()).toBeVisible();
  },
  settings: (page) => visit(page, '#/settings'),
};

async function demo(page) {
  await visit(page, '#/demo');
  await expect(figure(page, DEMO[1], 'sub-capacity', DEMO[0])).toBeVisible();
}

/** What does not fit: a page that scrolls sideways, an element that sticks out of it, texts that lie on each other. */
function faults(page) {
  return page.evaluate(() => {
    const found = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`the page scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}`);
    const layer = document.querySelector('dialog:modal') ?? document.body;

    // What of a box can be seen: cut by everything around it that hides or scrolls what is too large.
    const seen = (element, box) => {
      let { left, top, right, bottom } = box;
      for (let at = element; at && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.overflowX !== 'visible' || style.overflowY !== 'visible') {
          const edge = at.getBoundingClientRect();
          left = Math.max(left, edge.left); right = Math.min(right, edge.right);
          top = Math.max(top, edge.top); bottom = Math.min(bottom, edge.bottom);
        }
        if (style.clipPath !== 'none' || style.position === 'fixed' || style.position === 'sticky') return null;
      }
      return right - left > 1 && bottom - top > 1 ? { left, top, right, bottom } : null;
    };
    const texts = [];
    const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const element = node.parentElement;
      if (!node.data.trim() || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        const part = seen(element, box);
        if (!part) continue;
        const text = node.data.trim().slice(0, 40);
        if (part.right > root.clientWidth + 1 || part.left < -1) found.push(`sticks out: ${text}`);
        texts.push({ ...part, text, element });
      }
    }
    texts.sort((one, other) => one.top - other.top);
    texts.forEach((one, place) => {
      for (let next = place + 1; next < texts.length && texts[next].top < one.bottom - 3; next += 1) {
        const other = texts[next];
        const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (one.element !== other.element && width > 3 && height > 4) found.push(`lie on each other: "${one.text}" and "${other.text}"`);
      }
    });
    // What is cut off by its own box without an ellipsis or a way to scroll.
    for (const element of layer.querySelectorAll('button, .button, .badge, h1, h2, h3, label, .tile, .door, .card')) {
      const { display, overflowX } = getComputedStyle(element);
      if (display === 'inline' || ['auto', 'scroll'].includes(overflowX) || !element.checkVisibility() || element.matches('.unseen, .search')) continue;
      if (element.scrollWidth > element.clientWidth + 1) {
        found.push(`too wide for its box: ${element.className} ${element.textContent.trim().slice(0, 40)} (${element.scrollWidth} > ${element.clientWidth})`);
      }
    }
    return [...new Set(found)].slice(0, 12);
  });
}

async function tour(page, name, after = async () => {}) {
  await demo(page);
  for (const [screen, go] of Object.entries(SCREENS)) {
    await test.step(screen, async () => {
      await go(page);
      await after();
      await picture(page, `${name}-${screen}`);
      expect.soft(await faults(page), `${screen}, ${name}`).toEqual([]);
    });
  }
}

for (const width of [320, 360, 768, 1280, 2560]) {
  test(`every screen fits ${width} pixels`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width, height: width < 800 ? 800 : width < 2000 ? 900 : 1400 });
    await tour(page, `light-${width}`);
  });
}

test('every screen fits mirrored', async ({ page }) => {
  test.slow();
  const mirror = () => page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await tour(page, 'rtl-1280', mirror);
  await page.setViewportSize({ width: 360, height: 800 });
  await tour(page, 'rtl-360', mirror);
});

test.describe('dark', () => {
  test.use({ colorScheme: 'dark' });
  test('every screen has its dark colours', async ({ page }) => {
    test.slow();
    await tour(page, 'dark-1280');
    await page.setViewportSize({ width: 360, height: 800 });
    await tour(page, 'dark-360');
  });
});

test('with forced colours every number and every state can still be told', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await tour(page, 'forced-colours');
});

test('text of twice the size fits', async ({ page }) => {
  test.slow();
  await page.setViewportSize({ width: 1280, height: 900 });
  await tour(page, 'text-200', () => page.evaluate(() => { document.documentElement.style.fontSize = '200%'; }));
});

test('on paper the numbers stand without anything to press', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(/Period 1 Nov 2025 to 3 Nov 2025/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeHidden();
  // A4 less its margins.
  await page.setViewportSize({ width: 703, height: 1020 });
  await picture(page, 'print-position');
  expect(await faults(page)).toEqual([]);
  const paper = await page.pdf({ format: 'A4', path: 'results/screens/print-position.pdf' });
  expect(paper.length).toBeGreaterThan(10_000);
});

test('every screen goes on paper with its estate and its day, with nothing to press and no column or word cut', async ({ page }) => {
  test.slow();
  await demo(page);
  for (const place of ['', 'position', 'entitlements', 'bundles', 'volume-level', 'renewals', 'reports', 'rate', 'catalogue', 'glossary']) {
    await page.emulateMedia({ media: 'screen' });
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.evaluate((place) => { location.hash = `#/${place}`; }, place);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const hasList = ['entitlements', 'bundles', 'volume-level', 'rate'].includes(place);
    if (hasList) await expect(page.getByRole('grid').first().getByRole('row').nth(1)).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    // A4 less its margins; lists and tables of many columns lie across.
    await page.setViewportSize(hasList || place === 'reports' ? { width: 1031, height: 690 } : { width: 703, height: 1020 });
    await expect(page.getByText(/^Meridian Freight \(demo\) · Period 1 Nov 2024 to 31 Oct 2026 · .* · Printed \d/)).toBeVisible();
    await expect(page.locator('main button:not(th *)').locator('visible=true'), place).toHaveCount(0);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('main :is(th, td, h1, h2, p, svg.frame)')]
        .filter((part) => part.checkVisibility() && part.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .map((part) => part.textContent.slice(0, 40)),
    );
    expect(cut, place).toEqual([]);
    const clipped = await page.evaluate(() =>
      [...document.querySelectorAll('main :is(td, th, td *, th *)')]
        .filter((part) => part.checkVisibility() && part.clientWidth > 1 && getComputedStyle(part).overflow !== 'visible')
        .filter((part) => part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1)
        .map((part) => part.textContent.slice(0, 40)),
    );
    expect(clipped, place).toEqual([]);
  }
});
