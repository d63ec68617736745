// Starts the program: trunk writes the names of its two files into the attributes of this script's element.
const { js, wasm } = document.querySelector('script[data-js]').dataset;

// The shell is seen before the program takes its place, however quickly that comes. A tab behind paints nothing.
const painted = new Promise((told) => {
  if (document.hidden) told();
  new PerformanceObserver(told).observe({ type: 'paint', buffered: true });
  setTimeout(told, 300);
});

try {
  const [program] = await Promise.all([import(new URL(js, document.baseURI)), painted]);
  await program.default({ module_or_path: new URL(wasm, document.baseURI) });
} catch (error) {
  // What fails later is seen by panic.js.
  window.highwaterFailed?.(error);
  throw error;
}
