import { myAttachment, myWholeText } from '../../desk/views/my-exchanges.ts';
import { answerNotFound } from '../problems.ts';
import type { WebContext } from '../route.ts';

/** GET /:locale/my/attachments/:id — always a download, never shown by the browser. */
export async function sendMyAttachment(c: WebContext): Promise<Response> {
  const { actor, house } = c.var;
  const found = actor.kind === 'customer' && (await myAttachment(house.db, actor.customerId, c.req.param('id') ?? ''));
  if (!found) return answerNotFound(c);
  return c.body(new Uint8Array(found.bytes), 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(found.filename).replace(/['()*]/g, percent)}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
  });
}

/** GET /:locale/my/exchanges/:id — the whole text of one exchange, as text. */
export async function sendWholeText(c: WebContext): Promise<Response> {
  const { actor, house } = c.var;
  const text = actor.kind === 'customer' && (await myWholeText(house.db, actor.customerId, c.req.param('id') ?? ''));
  if (typeof text !== 'string') return answerNotFound(c);
  return c.body(text, 200, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
  });
}

function percent(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}
