// Keeping: "saved" means that it is there, and a fault of the program never costs the work.
import { readFile } from 'node:fs/promises';
import { drop, dropSnapshot, expect, figure, home, messages, part, saved, status, test, visit } from './fixtures/journey.js';
import { snapshot } from './fixtures/snapshot.js';

test.describe('a browser that keeps nothing', () => {
  test('a write that fails is seen, is never called saved, and can be tried again', async ({ page }) => {
    await page.addInitScript(() => {
      const put = IDBObjectStore.prototype.put;
      window.full = true;
      window.said = [];
      IDBObjectStore.prototype.put = function (...given) {
        if (window.full) throw new DOMException('The disk is full', 'QuotaExceededError');
        return put.apply(this, given);
      };
      new MutationObserver(() => {
        const text = document.querySelector('header [role="status"]')?.textContent;
        if (text && window.said.at(-1) !== text) window.said.push(text);
      }).observe(document, { subtree: true, childList: true, characterData: true });
    });
    await visit(page);
    await dropSnapshot(page);
    await expect(status(page)).toHaveText(/^Not saved: .*The disk is full/);
    await expect(page.getByRole('banner').getByRole('button', { name: 'Back up to file' })).toBeVisible();
    await page.getByRole('link', { name: 'Settings' }).click();
    await expect(status(page)).toHaveText(/^Not saved/);
    expect((await page.evaluate(() => window.said)).filter((text) => text.startsWith('Saved'))).toEqual([]);

    await page.evaluate(() => (window.full = false));
    await page.getByRole('banner').getByRole('button', { name: 'Try again' }).click();
    await saved(page);
    await page.reload();
    await page.getByRole('link', { name: 'Position' }).click();
    await page.evaluate(() => (window.full = false));
    await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  });

  test('what could not be written is tried once more when the page goes out of sight', async ({ page }) => {
    await visit(page);
    await page.evaluate(() => {
      const put = IDBObjectStore.prototype.put;
      window.full = true;
      IDBObjectStore.prototype.put = function (...given) {
        if (window.full) throw new DOMException('The disk is full', 'QuotaExceededError');
        return put.apply(this, given);
      };
    });
    await dropSnapshot(page);
    await expect(status(page)).toHaveText(/^Not saved/);
    await page.evaluate(() => {
      window.full = false;
      window.dispatchEvent(new Event('pagehide'));
    });
    await saved(page);
  });

  test('what is not saved stays open when the demo is asked for', async ({ page }) => {
    await visit(page);
    await page.evaluate(() => {
      IDBObjectStore.prototype.put = () => { throw new DOMException('The disk is full', 'QuotaExceededError'); };
    });
    await dropSnapshot(page);
    await expect(status(page)).toHaveText(/^Not saved/);
    await page.getByRole('link', { name: 'Start' }).click();
    await page.evaluate(() => (location.hash = '#/demo'));
    await expect(messages(page)).toContainText('so it stays open');
    await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
    await expect(page.getByRole('group', { name: 'Demo' })).toBeHidden();
  });

  test('what could not be read is never written over', async ({ page }) => {
    await page.addInitScript(() => {
      const open = IDBFactory.prototype.open;
      window.deaf = sessionStorage.getItem('deaf') === 'true';
      IDBFactory.prototype.open = function (...given) {
        if (window.deaf) throw new DOMException('not now', 'UnknownError');
        return open.apply(this, given);
      };
    });
    await visit(page);
    await dropSnapshot(page);
    await saved(page);
    await page.evaluate(() => sessionStorage.setItem('deaf', 'true'));
    await page.reload();
    await drop(page, { name: 'more.csv', body: 'server,processor,sockets,cores,technology,product,metric\nx,IBM POWER9 E980,4,10,none,Second product,PVU\n' });
    await expect(status(page)).toHaveText(/^Not saved: .*not now/);
    await page.evaluate(() => {
      sessionStorage.clear();
      window.deaf = false;
    });
    await page.getByRole('banner').getByRole('button', { name: 'Try again' }).click();
    await saved(page);
    const records = await page.evaluate(async () => {
      const ask = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error); });
      const database = await ask(indexedDB.open('highwater'));
      const records = await ask(database.transaction('workspaces').objectStore('workspaces').getAll());
      database.close();
      return records.map((record) => JSON.parse(record).workspace.sources.map(({ name }) => name));
    });
    expect(records.flat().sort()).toEqual(['audit_snapshot.zip', 'more.csv']);
  });

  test('a browser without IndexedDB still works, and says that nothing is kept', async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', { get: () => { throw new DOMException('blocked', 'SecurityError'); } });
      Object.defineProperty(window, 'localStorage', { get: () => { throw new DOMException('blocked', 'SecurityError'); } });
    });
    await visit(page);
    await dropSnapshot(page);
    await expect(status(page)).toHaveText(/^Not saved/);
  });
});

test('an abort in the middle of a save leaves what was kept before', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  await saved(page);
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
      const request = put.apply(this, given);
      this.transaction.abort();
      return request;
    };
  });
  await drop(page, { name: 'more.csv', body: 'server,processor,sockets,cores,technology,product,metric\nx,IBM POWER9 E980,4,10,none,Second product,PVU\n' });
  await expect(figure(page, '1,200', 'sub-capacity', 'Second product')).toBeVisible();
  await expect(status(page)).toHaveText(/^Not saved/);
  await page.reload();
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await expect(figure(page, '1,200', 'sub-capacity', 'Second product')).toBeHidden();
});

test('a record of a newer edition is left as it is', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  await saved(page);
  const change = (record) =>
    page.evaluate(async (record) => {
      const ask = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error); });
      const database = await ask(indexedDB.open('highwater'));
      const store = database.transaction('workspaces', 'readwrite').objectStore('workspaces');
      if (record) await ask(store.put(record, 'current'));
      const now = await ask(store.get('current'));
      database.close();
      return now;
    }, record);
  const newer = JSON.stringify({ schema: 99, what: 'ever' });
  await change(newer);
  await page.reload();
  await drop(page, { name: 'more.csv', body: 'server,processor,sockets,cores,technology,product,metric\nx,IBM POWER9 E980,4,10,none,Second product,PVU\n' });
  await expect(status(page)).toHaveText(/^A newer version of Highwater saved data here/);
  expect(await change(null)).toBe(newer);
});

/** What the user's database holds: the records of a store by their keys, and first puts `records` into it. */
function database(page, store, records = {}) {
  return page.evaluate(
    async ({ store, records }) => {
      const ask = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error); });
      const opening = indexedDB.open('highwater', 1);
      opening.onupgradeneeded = () => ['workspaces', 'files', 'meta'].forEach((name) => opening.result.createObjectStore(name));
      const database = await ask(opening);
      const kept = database.transaction(store, 'readwrite').objectStore(store);
      for (const [key, record] of Object.entries(records)) await ask(kept.put(record, key));
      const keys = await ask(kept.getAllKeys());
      const values = await ask(kept.getAll());
      database.close();
      return Object.fromEntries(keys.map((key, index) => [key, values[index]]));
    },
    { store, records },
  );
}

const ORDERS = 'date,site,part_number,quantity,points\n2026-03-01,Oslo,D1,1,100\n2026-01-15,Bergen,D2,2,50\n';

/** An estate with two orders, on the screen that shows them. */
async function withOrders(page) {
  await visit(page);
  await drop(page, { name: 'orders.csv', body: ORDERS });
  const orders = page.getByRole('region', { name: 'Orders', exact: true });
  await expect(orders.locator('td[data-at="0,1"]')).toHaveText('Oslo');
  await saved(page);
  return orders;
}

async function retype(page, cell, text) {
  await cell.click();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await expect(cell).toHaveText(text);
}

test('what was changed can be undone and redone after a reload', async ({ page }) => {
  const site = (await withOrders(page)).locator('td[data-at="0,1"]');
  await retype(page, site, 'Moss');
  await retype(page, site, 'Voss');
  await saved(page);
  await page.reload();
  await expect(site).toHaveText('Voss');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(site).toHaveText('Moss');
  await saved(page);
  await page.reload();
  await expect(site).toHaveText('Moss');
  await page.getByRole('button', { name: /^Redo/ }).click();
  await expect(site).toHaveText('Voss');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(site).toHaveText('Oslo');
  // The list that was brought is a step too: below it is the row of a new line alone.
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(site).toHaveText('');
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeHidden();
});

test('an edit writes itself, and not the estate once more', async ({ page }) => {
  const site = (await withOrders(page)).locator('td[data-at="0,1"]');
  const before = await database(page, 'workspaces');
  const { 'head:current': _, ...brought } = await database(page, 'meta');
  await retype(page, site, 'Moss');
  await saved(page);
  expect(await database(page, 'workspaces')).toEqual(before);
  const { 'head:current': head, ...steps } = await database(page, 'meta');
  expect(JSON.parse(head)).toMatchObject({ schema: 2, rev: 2 });
  expect(steps).toMatchObject(brought);
  const added = Object.keys(steps).filter((key) => !(key in brought));
  expect(added).toHaveLength(1);
  expect(JSON.parse(steps[added[0]]).steps).toMatchObject([{ put_lines: { list: 'orders', lines: [{ index: 0, line: { site: 'Moss' } }] } }]);
});

test('a step whose save has to be made once more is kept once', async ({ page }) => {
  const site = (await withOrders(page)).locator('td[data-at="0,1"]');
  await page.evaluate(() => {
    // It is written, but cannot be read back the first time.
    const get = IDBObjectStore.prototype.get;
    window.failed = 0;
    IDBObjectStore.prototype.get = function (key) {
      if (window.failed === 0 && String(key).startsWith('steps:')) {
        window.failed += 1;
        throw new DOMException('the connection is lost', 'InvalidStateError');
      }
      return get.call(this, key);
    };
  });
  await retype(page, site, 'Moss');
  await saved(page);
  expect(await page.evaluate(() => window.failed)).toBe(1);
  await retype(page, site, 'Voss');
  await saved(page);
  const { 'head:current': head, ...steps } = await database(page, 'meta');
  expect(JSON.parse(head).rev).toBe(4);
  const [brought, ...typed] = Object.values(steps).flatMap((record) => JSON.parse(record).steps);
  expect(Object.keys(brought)).toEqual(['import']);
  expect(typed.map((step) => step.put_lines.lines[0].line.site)).toEqual(['Moss', 'Voss']);
});

test('what the first edition kept opens, and is kept as this edition does with its next change', async ({ page }) => {
  await visit(page);
  const workspace = { name: 'Northwind', sources: [], orders: [{ file: 'o.csv', row: 2, date: '2026-03-01', site: 'Oslo', points: '100' }, { date: 'soon' }] };
  const record = JSON.stringify({ schema: 1, rev: 7, saved_at: '2026-11-21T14:02:05.000Z', workspace });
  await database(page, 'workspaces', { current: record });
  await page.evaluate(() => (location.hash = '#/volume-level'));
  await page.reload();
  const site = page.getByRole('region', { name: 'Orders', exact: true }).locator('td[data-at="0,1"]');
  await expect(site).toHaveText('Oslo');
  await expect(messages(page)).toContainText('One line cannot be read (list of orders): it does not count, and stays in the estate as it is.');
  await saved(page);
  await retype(page, site, 'Moss');
  await saved(page);
  const kept = JSON.parse((await database(page, 'workspaces')).current);
  expect(kept.schema).toBe(2);
  expect(kept.workspace.unread_lines).toEqual({ orders: [{ date: 'soon' }] });
  await page.reload();
  await expect(site).toHaveText('Moss');
});

test('a large import can be cancelled, and the estate is as it was', async ({ page }) => {
  await visit(page);
  await dropSnapshot(page);
  await saved(page);
  // Six hundred thousand rows, made in the page: long enough to be stopped by hand.
  await page.evaluate(() => {
    const header = 'server,processor,sockets,cores,region,technology,partition,partition_cores,os,product,metric,from,to\n';
    const rows = Array.from({ length: 1000 }, (_, row) => `esx-${row},Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz,2,32,emea,vmware,vm-${row},4,Linux,Product ${row % 50},PVU,2026-01-01,2026-03-31\n`);
    const transfer = new DataTransfer();
    transfer.items.add(new File([header, ...Array(600).fill(rows.join(''))], 'large.csv'));
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
  });
  const progress = page.getByRole('dialog', { name: 'One moment' });
  await expect(progress.getByRole('progressbar')).toBeAttached();
  await progress.getByRole('button', { name: 'Cancel' }).click();
  await expect(progress).toBeHidden();
  await expect(messages(page)).toContainText('Cancelled. Your estate is as it was.');
  await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  await expect(page.getByText('large.csv')).toBeHidden();
  // An import is undone in its own session only: what is offered is what can be done.
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeHidden();
  // The next change starts a new worker, which opens the estate before anything else.
  const name = page.getByRole('textbox', { name: 'Name of the estate' });
  await name.fill('After the cancel');
  await name.press('Enter');
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeEnabled();
  await figure(page, '640', 'sub-capacity', 'IBM MQ').click();
  await expect(page.getByRole('dialog', { name: 'How 640 PVU comes about' })).toBeVisible();
  await saved(page);
});

test.describe('a fault', () => {
  test.use({ complaints: [/wasm|WebAssembly|unreachable|CompileError|404|Failed to load|worker|panicked/i] });

  test('when the program fails, a plain dialog offers the last saved workspace, which opens again', async ({ page }) => {
    await visit(page);
    await dropSnapshot(page);
    await saved(page);
    const name = page.getByRole('textbox', { name: 'Name of the estate' });
    await name.fill('Before the fault');
    await name.press('Enter');
    await expect(page.getByRole('button', { name: /^Undo/ })).toBeEnabled();
    await saved(page);
    // The program takes it for granted that a browser makes elements; one refusal is a panic of a library.
    await page.evaluate(() => {
      const create = Document.prototype.createElement;
      Document.prototype.createElement = () => {
        Document.prototype.createElement = create;
        throw new Error('no elements today');
      };
      location.hash = '#/settings';
    });
    const dialog = page.getByRole('dialog', { name: 'Highwater has stopped' });
    await expect(dialog).toBeVisible();
    await dialog.getByText('What happened').click();
    await expect(dialog).toContainText(/panicked at crates\/\S+\.rs:\d+:\d+:/);
    await expect(dialog).toContainText('no elements today');
    await page.evaluate(() => history.back());
    const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Download the last saved workspace' }).click()]);
    expect(download.suggestedFilename()).toMatch(/^rescued \d{4}-\d\d-\d\d\.highwater\.json$/);
    const rescued = await readFile(await download.path());
    await expect(dialog.getByRole('status')).toHaveText('The copy is with your downloads.');
    await dialog.getByRole('button', { name: 'Reload' }).click();
    await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();

    await page.getByRole('button', { name: 'Remove audit_snapshot.zip' }).click();
    await expect(page.getByRole('heading', { name: 'Nothing to count yet' })).toBeVisible();
    await drop(page, { name: download.suggestedFilename(), body: rescued });
    await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
    await expect(part(page, 'What the numbers rest on')).toContainText('signature valid');
    await expect(name).toHaveValue('Before the fault');
  });

  test('a trap without words opens the dialog too', async ({ page }) => {
    await visit(page);
    // A module whose only function does what running out of memory compiles to.
    await page.evaluate(() => {
      const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
      setTimeout(() => new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes))).exports.f());
    });
    const dialog = page.getByRole('dialog', { name: 'Highwater has stopped' });
    await dialog.getByText('What happened').click();
    await expect(dialog).toContainText('unreachable');
  });

  /** A second message for a worker, which is in the middle of another one. */
  const AGAIN = 'onmessage(new MessageEvent("message", { data: [] }))';
  /** Does something else where a worker tells how far it has come; what it says last is said. */
  const whileProgress = (fault) =>
    `{ const say = self.postMessage.bind(self); self.postMessage = (message, ...more) => { if (message[1]) say(message, ...more); else { ${fault}; } }; }`;

  test('when the worker stops in the middle, the words of the fault are in the message', async ({ page, context }) => {
    // A browser that hands the worker a second message while it tells how far it has come with the first.
    await context.route(/worker_loader\.js/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()}\n${whileProgress(AGAIN)}` });
    });
    await visit(page);
    await drop(page, { name: 'estate.csv', body: 'server,product\nx,y\n' });
    await expect(messages(page)).toContainText('stopped before it was done');
    await expect(messages(page)).toContainText(/panicked at src\/worker\.rs:\d+:\d+:.*already/s);
    await context.unroute(/worker_loader\.js/);
    await messages(page).getByRole('button', { name: 'Dismiss' }).click();
    await dropSnapshot(page);
  });

  /** Lets the worker for files do something else than go on with the file that it gets. */
  const faulty = (context, fault) =>
    context.route(/\/files\.js$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()}\n${whileProgress(fault)}` });
    });
  const estate = (product, cores) => `server,processor,sockets,cores,technology,product,metric\n${product},IBM POWER9 E980,4,${cores},none,${product},PVU\n`;

  test('a file at which its reader stops costs one sentence: the estate stays, other files are read, and the next try works', async ({ page, context }) => {
    await faulty(context, AGAIN);
    await visit(page);
    await drop(page, { name: 'estate.csv', body: estate('Kept', 10) });
    await expect(figure(page, '1,200', 'sub-capacity', 'Kept')).toBeVisible();
    await drop(page, { name: 'audit_snapshot.zip', body: snapshot() }, { name: 'more.csv', body: estate('More', 20) });
    await expect(figure(page, '2,400', 'sub-capacity', 'More')).toBeVisible();
    await expect(figure(page, '1,200', 'sub-capacity', 'Kept')).toBeVisible();
    await expect(messages(page)).toContainText(/audit_snapshot\.zip.*What opens such files stopped at this one.*panicked/s);
    await context.unroute(/\/files\.js$/);
    await messages(page).getByRole('button', { name: 'Dismiss' }).first().click();
    await drop(page, { name: 'audit_snapshot.zip', body: snapshot() });
    await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
    await saved(page);
    await page.reload();
    await expect(figure(page, '640', 'sub-capacity', 'IBM MQ')).toBeVisible();
  });

  test('a reader of which nothing is heard for a minute is ended, and so is one that the user cancels', async ({ page, context }) => {
    await faulty(context, 'for (;;);');
    await visit(page);
    await drop(page, { name: 'estate.csv', body: estate('Kept', 10) });
    await expect(figure(page, '1,200', 'sub-capacity', 'Kept')).toBeVisible();
    const progress = page.getByRole('dialog', { name: 'One moment' });
    await drop(page, { name: 'audit_snapshot.zip', body: snapshot() });
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await expect(messages(page)).toContainText('Cancelled. Your estate is as it was.');
    await page.clock.install();
    await drop(page, { name: 'audit_snapshot.zip', body: snapshot() });
    await expect(progress).toBeVisible();
    // The minute begins when the reader is asked.
    await expect(async () => {
      await page.clock.runFor(20_000);
      await expect(messages(page)).toContainText(/audit_snapshot\.zip.*It did not answer for a minute/s, { timeout: 1000 });
    }).toPass();
    await expect(progress).toBeHidden();
    await expect(figure(page, '1,200', 'sub-capacity', 'Kept')).toBeVisible();
  });

  test('when the program cannot be loaded, the dialog says so, and the work of the last visit can be taken out', async ({ page }) => {
    await visit(page);
    await dropSnapshot(page);
    await saved(page);
    await page.route(/\/app[^/]*\.wasm$/, (route) => route.fulfill({ contentType: 'application/wasm', body: 'no program' }));
    await page.goto('about:blank');
    await page.goto(home());
    const dialog = page.getByRole('dialog', { name: 'Highwater has stopped' });
    await expect(dialog).toBeVisible();
    const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Download the last saved workspace' }).click()]);
    expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toMatchObject({ type: 'highwater-workspace', version: 1 });
  });

  test('when the worker cannot be loaded, one sentence says so, and the next try works', async ({ page, context }) => {
    await context.route(/engine_bg\.wasm$/, (route) => route.fulfill({ status: 404, body: '' }));
    await visit(page);
    await drop(page, { name: 'estate.csv', body: 'server,product\nx,y\n' });
    await expect(messages(page)).toContainText('A part of the program could not be loaded');
    await context.unroute(/engine_bg\.wasm$/);
    await messages(page).getByRole('button', { name: 'Dismiss' }).click();
    await dropSnapshot(page);
  });
});

test.describe('a large estate', () => {
  const HEADER = 'server,processor,sockets,cores,technology,partition,partition_cores,product,metric\n';
  // 15,000 virtual machines on servers of 32 cores, two of them on each: 4 cores of each at 70 PVU.
  const estate = HEADER + Array.from({ length: 15_000 }, (_, row) => `server-${row >> 1},Intel Xeon Gold 6130,2,32,vmware,virtual-machine-${row},4,IBM MQ,PVU\n`).join('');
  const NEEDED = '4,200,000';

  /** What is kept of files: by key, or with something else under the key that ends so. */
  const kept = (page, ending, text) =>
    page.evaluate(async ([ending, text]) => {
      const ask = (request) => new Promise((done, failed) => ((request.onsuccess = () => done(request.result)), (request.onerror = () => failed(request.error))));
      const database = await ask(indexedDB.open('highwater'));
      const files = database.transaction('files', 'readwrite').objectStore('files');
      const keys = await ask(files.getAllKeys());
      if (ending) {
        const key = keys.find((key) => new RegExp(ending).test(key));
        await ask(text === null ? files.delete(key) : files.put(new Blob([text]), key));
      }
      database.close();
      return keys;
    }, [ending ?? '', text ?? null]);

  test('an estate opens by what was parsed of its file, and by the file where that is not there', async ({ page }) => {
    await visit(page);
    await drop(page, { name: 'estate.csv', body: estate });
    await expect(figure(page, NEEDED, 'sub-capacity', 'IBM MQ')).toBeVisible();
    await saved(page);
    await expect.poll(() => kept(page)).toHaveLength(2);
    const [file, parsed] = await kept(page);
    expect(parsed.startsWith(`${file}/`)).toBe(true);

    // Without the file: nothing of it is read.
    await kept(page, '^[^/]*$', 'server,product\nanother,Db2\n');
    await page.reload();
    await expect(figure(page, NEEDED, 'sub-capacity', 'IBM MQ')).toBeVisible();
    await expect(messages(page)).toBeEmpty();

    // With the file alone, and with what is damaged; what is not there is parsed and kept anew.
    await kept(page, '^[^/]*$', estate);
    await kept(page, '/', null);
    await page.reload();
    await expect(figure(page, NEEDED, 'sub-capacity', 'IBM MQ')).toBeVisible();
    await expect.poll(() => kept(page)).toEqual([file, parsed]);
    await kept(page, '/', 'damaged');
    await page.reload();
    await expect(figure(page, NEEDED, 'sub-capacity', 'IBM MQ')).toBeVisible();

    // What another edition parsed goes with the next start.
    await page.evaluate(async (key) => {
      const ask = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
      const database = await ask(indexedDB.open('highwater'));
      await ask(database.transaction('files', 'readwrite').objectStore('files').put(new Blob(['older']), key));
      database.close();
    }, `${file}/0`);
    await page.reload();
    await expect.poll(() => kept(page)).toEqual([file, parsed]);
  });

  test('a backup of an estate that was opened again holds its file', async ({ page }) => {
    await visit(page);
    await drop(page, { name: 'estate.csv', body: estate });
    await saved(page);
    await expect.poll(() => kept(page)).toHaveLength(2);
    await page.reload();
    await expect(figure(page, NEEDED, 'sub-capacity', 'IBM MQ')).toBeVisible();
    await page.getByRole('link', { name: 'Settings' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), part(page, 'Copies').getByRole('button', { name: 'Back up to file' }).click()]);
    const backup = JSON.parse(await readFile(await download.path(), 'utf8'));
    expect(Object.values(backup.files).map((file) => Buffer.from(file, 'base64').toString())).toEqual([estate]);
  });
});
