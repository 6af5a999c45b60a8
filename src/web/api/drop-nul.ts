import type { WebContext } from '../route.ts';

/**
 * Takes the NULs out of a body in JSON before anybody reads it, as from mails and forms: PostgreSQL keeps none, and what a
 * person said is not refused for one.
 */
export async function dropNul(c: WebContext): Promise<void> {
  const text = await c.req.text();
  if (!text.includes('\\u0000')) return;
  try {
    const clean = JSON.stringify(JSON.parse(text, (_, value) => withoutNul(value)));
    // Hono keeps what it has read as a promise, whatever its type says.
    Object.assign(c.req.bodyCache, { text: Promise.resolve(clean) });
  } catch {
    // It is no JSON: whoever reads it says so.
  }
}

function withoutNul(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '') : value;
}
