import { readLogo } from '../../desk/views/looks.ts';
import { answerNotFound } from '../problems.ts';
import type { WebContext } from '../route.ts';

/** GET /logo/:key — the operator's logo; its address changes with it. */
export async function showLogo(c: WebContext): Promise<Response> {
  const bytes = await readLogo(c.var.house.db);
  if (!bytes) return answerNotFound(c);
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': 'image/webp',
    'Cache-Control': 'public, max-age=604800',
    'Content-Security-Policy': "default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
  });
}
