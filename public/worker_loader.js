// Starts the worker. Trunk's own loader would swallow a program that cannot be loaded: the page would wait for ever.
importScripts('./worker.js');
wasm_bindgen({ module_or_path: './worker_bg.wasm' }).catch((error) => {
  // Out of the promise, so that the page's worker object hears it as an error.
  setTimeout(() => {
    throw error;
  });
});
