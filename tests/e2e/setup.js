// Serves the built release under a sub-path, which proves that the page works on any path of any host.
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serve } from '../../scripts/serve.mjs';

export default async function setup() {
  rmSync(new URL('./results/screens', import.meta.url), { recursive: true, force: true });
  const dir = fileURLToPath(new URL('../../dist', import.meta.url));
  const server = await serve({ dir, base: '/highwater/', port: 0 });
  process.env.HIGHWATER_URL = server.url;
  return server.close;
}
