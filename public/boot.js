// Starts the program: trunk writes the names of its two files into the attributes of this script's element.
const { js, wasm } = document.querySelector('script[data-js]').dataset;
const program = await import(new URL(js, document.baseURI));
await program.default({ module_or_path: new URL(wasm, document.baseURI) });
