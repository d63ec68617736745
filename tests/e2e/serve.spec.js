// The server of these tests is the one of `make serve`: it serves the built folder and nothing else.
import { request as ask } from 'node:http';
import { expect, home, test } from './fixtures/journey.js';

/** Asks for a path exactly as it is written: fetch would tidy it up. */
function get(path, { method = 'GET', headers = {} } = {}) {
  const { hostname, port } = new URL(home());
  return new Promise((done, failed) => {
    ask({ hostname, port, path, method, headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
    }).on('error', failed).end();
  });
}

test('the page comes with the headers of _headers, packed for whoever accepts it', async () => {
  const page = await get('/highwater/', { headers: { 'accept-encoding': 'gzip, br' } });
  expect(page.status).toBe(200);
  expect(page.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-encoding': 'gzip',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
  });
  expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  const plain = await get('/highwater/');
  expect(plain.headers['content-encoding']).toBeUndefined();
  const wasm = /data-wasm="?\.?\/?([^" >]+\.wasm)/.exec(plain.body.toString())[1];
  expect((await get(`/highwater/${wasm}`, { method: 'HEAD' })).headers['content-type']).toBe('application/wasm');
  expect((await get('/highwater/', { headers: { 'if-none-match': plain.headers.etag } })).status).toBe(304);
});

test('nothing outside of the folder is served, and nothing is taken', async () => {
  const outside = ['/highwater/../package.json', '/highwater/%2e%2e/Cargo.toml', '/highwater/..%2fCargo.toml', '/highwater/..\\Cargo.toml', '//etc/passwd', '/highwater//etc/passwd', '/highwater/%00', '/highwater/%E0%A4%A', '/', '/highwater/_headers', '/highwater/nothing.js'];
  for (const path of outside) {
    const { status, body } = await get(path);
    expect([400, 404], path).toContain(status);
    expect(body.toString(), path).not.toMatch(/name = |root:/);
  }
  expect((await get('/highwater/', { method: 'POST' })).status).toBe(405);
  expect((await get('/highwater')).headers.location).toBe('/highwater/');
});
