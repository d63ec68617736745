#!/usr/bin/env node
// Serves the built page on a loopback address, as a static host would: with the headers of dist/_headers and gzip.
//
//   node scripts/serve.mjs [--port 8080] [--dir dist] [--base /sub/path/]
//
// A port that is taken is followed by the next free one; port 0 is any free one. Node.js alone is enough.
import { createReadStream } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';

const ADDRESS = '127.0.0.1';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

// These are packed already.
const PACKED = new Set(['.png', '.xlsx', '.ico']);

/** The rules of a `_headers` file: paths, `*` for anything, each followed by its headers on indented lines. */
export function headerRules(text) {
  const rules = [];
  for (const line of text.split(/\r?\n/)) {
    if (!line.trim() || line.startsWith('#')) continue;
    if (/^\s/.test(line)) {
      const colon = line.indexOf(':');
      if (colon > 0) rules.at(-1)?.headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
    } else {
      const literal = line.trim().split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
      rules.push({ path: new RegExp(`^${literal.join('.*')}$`), headers: [] });
    }
  }
  return rules;
}

/**
 * Starts a server.
 * @param {{dir?: string, base?: string, port?: number}} options
 * @returns {Promise<{url: string, close: () => Promise<void>}>} where it is, and how to end it
 */
export async function serve({ dir = 'dist', base = '/', port = 8080 } = {}) {
  const root = await realpath(dir).catch(() => {
    throw new Error(`${dir} is not there: run make build first`);
  });
  const prefix = `/${base}/`.replace(/\/+/g, '/');
  const rules = headerRules(await readFile(join(root, '_headers'), 'utf8').catch(() => ''));

  const server = createServer((request, response) => {
    answer(request, response, { root, prefix, rules }).catch(() => {
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'This could not be served.');
    });
  });
  const chosen = await listen(server, port);
  return {
    url: `http://${ADDRESS}:${chosen}${prefix}`,
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

/** Listens on the port or the next free one. */
function listen(server, port) {
  return new Promise((done, failed) => {
    server.once('error', (error) => {
      if (error.code === 'EADDRINUSE' && port > 0 && port < 65535) listen(server, port + 1).then(done, failed);
      else failed(error);
    });
    server.listen(port, ADDRESS, () => {
      server.removeAllListeners('error');
      done(server.address().port);
    });
  });
}

async function answer(request, response, { root, prefix, rules }) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return refuse(response, 405, 'Only GET and HEAD are served here.');
  }
  // The address as it was sent: URL would resolve `..` and hide that somebody tried to climb out.
  const [sent] = request.url.split(/[?#]/);
  let path;
  try {
    path = decodeURIComponent(sent);
  } catch {
    return refuse(response, 400, 'This address cannot be read.');
  }
  if (path.includes('\0') || path.split(/[/\\]/).includes('..')) return refuse(response, 400, 'This address leads out.');
  if (`${path}/` === prefix) {
    response.writeHead(308, { Location: prefix }).end();
    return;
  }
  if (!path.startsWith(prefix)) return refuse(response, 404, `Nothing is here. The page is at ${prefix}`);

  const inside = path.slice(prefix.length);
  const name = inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside;
  const file = await realpath(resolve(root, name)).catch(() => null);
  const found = file?.startsWith(root + sep) ? await stat(file) : null;
  if (!found?.isFile() || name === '_headers') return refuse(response, 404, 'Nothing is here.');

  for (const { path, headers } of rules) {
    if (path.test(`/${name}`)) for (const [header, value] of headers) response.setHeader(header, value);
  }
  const kind = extname(file);
  const tag = `"${found.size.toString(36)}-${Math.trunc(found.mtimeMs).toString(36)}"`;
  response.setHeader('Content-Type', TYPES[kind] ?? 'application/octet-stream');
  response.setHeader('ETag', tag);
  if (request.headers['if-none-match']?.includes(tag)) return void response.writeHead(304).end();

  const gzip = !PACKED.has(kind) && /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(request.headers['accept-encoding'] ?? '');
  if (!PACKED.has(kind)) response.setHeader('Vary', 'Accept-Encoding');
  if (gzip) response.setHeader('Content-Encoding', 'gzip');
  else response.setHeader('Content-Length', found.size);
  if (request.method === 'HEAD') return void response.end();

  const stream = createReadStream(file);
  stream.on('error', () => response.destroy());
  (gzip ? stream.pipe(createGzip()) : stream).pipe(response);
}

function refuse(response, status, sentence) {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' });
  response.end(`${sentence}\n`);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '8080' }, dir: { type: 'string' }, base: { type: 'string', default: '/' } },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    console.error(`${values.port} is not a port`);
    process.exit(2);
  }
  const dir = values.dir ?? fileURLToPath(new URL('../dist', import.meta.url));
  try {
    const { url } = await serve({ dir, base: values.base, port });
    console.log(`Highwater is served at ${url}`);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
