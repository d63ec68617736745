// Fits a program and the script that wasm-bindgen writes for it to each other: what only one of them has is left out of
// the other, and what both name gets a name of one or two letters. wasm-bindgen gives every import sixteen digits that
// do not compress, and exports classes of a library that nothing here makes (docs/decisions/0009-the-page-is-thin.md).
//
// It knows how the pinned wasm-bindgen writes its scripts, and fails when it finds something else.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FEATURES = ['bulk-memory', 'nontrapping-float-to-int', 'sign-ext', 'mutable-globals', 'reference-types', 'multivalue'];

/** A class with its clean-up; no class of ours is exported. */
const CLASS = /^export class (\w+) \{\n[\s\S]*?^\}\n(?:if \(Symbol\.dispose\).*\n)?/gm;
const FINALIZATION = /^const \w+Finalization = [\s\S]*?;\n/gm;
/** A function that the program imports. */
const IMPORTED = /^( +)(__wb\w+): function\([\s\S]*?^\1\}(?:, arguments\); \})?,\n/gm;
/** What the script calls in the program. */
const CALLED = /\bwasm\.(\w+)/g;
/** The module under whose name the program finds its imports. */
const MODULE = /"\.\/\w+_bg\.js": import0/g;

/** The script and the program at `wasm`, smaller; the program is written in its place. */
export function fit(script, wasm) {
  const classes = [...script.matchAll(CLASS)].map(([, name]) => name);
  let fitted = script.replace(CLASS, '').replace(FINALIZATION, '');
  const left = classes.filter((name) => fitted.includes(name));
  if (left.length > 0) throw new Error(`the script still needs ${left.join(', ')}`);
  const exported = [...new Set([...fitted.matchAll(CALLED)].map(([, name]) => name))];

  const { imports, exports } = shake(wasm, exported);
  const unknown = exported.filter((name) => !exports.has(name));
  if (unknown.length > 0) throw new Error(`the program does not export ${unknown.join(', ')}`);
  const given = new Set();
  fitted = fitted.replace(IMPORTED, (text, indent, name) => {
    const short = imports.get(name);
    given.add(name);
    return short === undefined ? '' : text.replace(name, () => short);
  });
  const missing = [...imports.keys()].filter((name) => !given.has(name));
  if (missing.length > 0) throw new Error(`the script does not give ${missing.join(', ')}`);
  if ([...fitted.matchAll(MODULE)].length !== 1) throw new Error('the script names not one module of imports');
  return fitted.replace(MODULE, 'a: import0').replace(CALLED, (_, name) => `wasm.${exports.get(name)}`);
}

/** Leaves out what is not reached from these exports, makes the rest small, and shortens names: what was called how. */
function shake(wasm, exported) {
  const folder = mkdtempSync(join(tmpdir(), 'highwater-'));
  try {
    const graph = join(folder, 'graph.json');
    const shaken = join(folder, 'shaken.wasm');
    writeFileSync(graph, JSON.stringify(exported.map((name) => ({ name: `script ${name}`, export: name, root: true }))));
    const run = (tool, ...options) => execFileSync(tool, [...FEATURES.map((name) => `--enable-${name}`), ...options], { encoding: 'utf8' });
    // With names, by which functions are put in order: those that are alike stand together, and compress.
    run('wasm-metadce', '-g', wasm, '--graph-file', graph, '-o', shaken);
    const names = run('wasm-opt', shaken, '-Oz', '--reorder-functions-by-name', '--minify-imports-and-exports-and-modules', '-o', wasm);
    const { imports, exports } = JSON.parse(names);
    const modules = new Set(WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(wasm))).map(({ module }) => module));
    if (modules.size !== 1 || !modules.has('a')) throw new Error(`imports come from ${[...modules].join(', ')}`);
    return { imports: new Map(imports.map(([, name, short]) => [name, short])), exports: new Map(exports) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
