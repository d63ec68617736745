// Starts the program: trunk writes the names of its two files into the attributes of this script's element.
const { js, wasm } = document.querySelector('script[data-js]').dataset;
try {
  const program = await import(new URL(js, document.baseURI));
  await program.default({ module_or_path: new URL(wasm, document.baseURI) });
} catch (error) {
  // What fails later is seen by panic.js.
  window.highwaterFailed?.(error);
  throw error;
}
