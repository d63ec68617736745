// Starts a worker: the program whose name follows the # of its address. Trunk's own loader would swallow a program that
// cannot be loaded: the page would wait for ever.
const program = self.location.hash.slice(1);
importScripts(`./${program}.js`);
wasm_bindgen({ module_or_path: `./${program}_bg.wasm` }).catch((error) => {
  // Out of the promise, so that the page's worker object hears it as an error.
  setTimeout(() => {
    throw error;
  });
});
