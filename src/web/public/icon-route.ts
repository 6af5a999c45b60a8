import { accentOf } from '../../core/text/accent.ts';
import type { WebContext } from '../route.ts';
import { readOperator } from '../ui/operator.ts';

/** GET /icon.svg — two who face each other, in the operator's accent. */
export async function showIcon(c: WebContext): Promise<Response> {
  const { light } = accentOf((await readOperator(c.var.house)).accent);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${light}"/><g fill="#fff"><path d="M4 25a6 6 0 0 1 11 0z"/><circle cx="9.5" cy="13.5" r="4"/><path d="M17 25a6 6 0 0 1 11 0z"/><circle cx="22.5" cy="13.5" r="4"/></g></svg>`;
  return c.body(svg, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=86400' });
}
