// When the program itself fails: a dialog that needs nothing of it. It reads the last saved workspace straight from
// IndexedDB, offers it as a file, and never writes. The file is the one that Settings writes (src/persist/envelope.rs).
'use strict';

// A panic of the program is an error with its words (src/main.rs). What ends it without words, as when memory runs out, is
// a trap of WebAssembly. Nobody catches either; not every browser repeats the words in the stack.
for (const [event, of] of [['error', 'error'], ['unhandledrejection', 'reason']]) {
  addEventListener(event, ({ [of]: error }) => {
    if (!(error instanceof WebAssembly.RuntimeError || error?.message?.startsWith?.('panicked at '))) return;
    const stack = error.stack ?? '';
    window.highwaterFailed(stack.includes(error.message) ? stack : `${error}\n${stack}`);
  });
}

window.highwaterFailed = (reason) => {
  if (document.getElementById('failed')) return;

  const element = (name, text, parent) => {
    const made = document.createElement(name);
    made.textContent = text;
    return parent.appendChild(made);
  };

  const dialog = element('dialog', '', document.body);
  dialog.id = 'failed';
  dialog.className = 'dialog';
  dialog.setAttribute('aria-labelledby', 'failed-title');
  element('h2', 'Highwater has stopped', dialog).id = 'failed-title';
  element('p', 'This is a fault of the program, not of your data. What was saved in this browser is still there. Take a copy, then reload the page.', dialog);
  const status = element('p', '', dialog);
  status.setAttribute('role', 'status');
  const buttons = element('div', '', dialog);
  buttons.className = 'row';
  const button = (text, run, primary) => {
    const made = element('button', text, buttons);
    made.className = primary ? 'button primary' : 'button';
    made.addEventListener('click', run);
  };
  button('Download the last saved workspace', async () => {
    status.textContent = 'Reading …';
    try {
      status.textContent = (await download()) ? 'The copy is with your downloads.' : 'Nothing was saved in this browser yet.';
    } catch (error) {
      status.textContent = 'It could not be read: ' + error;
    }
  }, true);
  button('Reload', () => location.reload());
  const details = element('details', '', dialog);
  element('summary', 'What happened', details);
  element('p', String(reason), details).className = 'mono';
  dialog.showModal();

  async function download() {
    const demo = sessionStorage.getItem('highwater.demo') === 'true';
    const database = await ask(indexedDB.open(demo ? 'highwater-demo' : 'highwater'));
    if (!database.objectStoreNames.contains('workspaces')) return false;
    const transaction = database.transaction(['workspaces', 'files', 'meta'], 'readonly');
    const kept = transaction.objectStore('workspaces');
    // The one that is open here, else the one that was opened last, else any.
    const keys = await ask(kept.getAllKeys());
    const wanted = [sessionStorage, localStorage].map((storage) => storage.getItem('highwater.workspace'));
    const key = wanted.find((key) => keys.includes(key)) ?? keys[0];
    if (!key) return false;
    const text = await ask(kept.get(key));
    const { workspace, saved_at } = JSON.parse(text);
    // What was changed since the document was written.
    const edges = ['0', '9'].map((digit) => `steps:${key}:${digit.repeat(20)}`);
    const saved = await ask(transaction.objectStore('meta').getAll(IDBKeyRange.bound(...edges)));
    const steps = saved.flatMap((record) => JSON.parse(record).steps);
    const blobs = await Promise.all(
      workspace.sources.map(({ sha256 }) => ask(transaction.objectStore('files').get(sha256)).then((blob) => [sha256, blob])),
    );
    const files = {};
    for (const [sha256, blob] of blobs) if (blob) files[sha256] = await base64(blob);
    const envelope = { type: 'highwater-workspace', version: steps.length ? 2 : 1, app: 'panic.js', saved_at, workspace, steps, files };
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([JSON.stringify(envelope)], { type: 'application/json' }));
    link.download = 'rescued ' + saved_at.slice(0, 10) + '.highwater.json';
    link.click();
    return true;
  }

  function ask(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  function base64(blob) {
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(blob);
    });
  }
};

// A program that could not even be loaded fails here.
addEventListener('unhandledrejection', (event) => {
  const text = String(event.reason);
  if (/wasm|WebAssembly|dynamically imported module|Failed to fetch/i.test(text)) window.highwaterFailed(text);
});
