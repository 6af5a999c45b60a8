import type { Kysely } from 'kysely';
import { hidePersonalLinks } from '../../../core/text/personal-links.ts';
import { safeHtml } from '../../../core/text/safe-html.ts';
import type { DB } from '../../../desk/tables.ts';
import { answerNotFound } from '../../problems.ts';
import { get, type Route, type WebContext } from '../../route.ts';
import { idOf } from './answer.ts';
import { download } from './download.ts';

export const mailHtmlRoutes: Route[] = [
  get('/api/v1/workspace/interactions/:id/html', 'read customers', readHtml),
  get('/api/v1/workspace/attachments/:id', 'read customers', readAttachment),
];

/** Inline pictures larger than this are left out of the frame; they can still be downloaded. */
const MOST_INLINE = 3_000_000;

/** The HTML of a mail for a frame without scripts: sanitised, and again under a policy that lets nothing else in. */
async function readHtml(c: WebContext): Promise<Response> {
  const id = idOf(c);
  const { db } = c.var.house;
  if (!id) return answerNotFound(c);
  const row = await db.selectFrom('interaction').where('id', '=', id).select(['id', 'html']).executeTakeFirst();
  if (!row?.html) return answerNotFound(c);
  const remoteImages = c.req.query('images') === '1';
  const pictures = await inlinePictures(db, row.id);
  const body = safeHtml(hidePersonalLinks(row.html), (contentId) => pictures.get(contentId) ?? null, { remoteImages });
  c.header('Content-Security-Policy', policy(remoteImages));
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Referrer-Policy', 'no-referrer');
  return c.html(page(body));
}

function policy(remoteImages: boolean): string {
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `img-src data:${remoteImages ? ' https: http:' : ''}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-popups allow-popups-to-escape-sandbox',
  ].join('; ');
}

function page(body: string): string {
  return `<!doctype html><html><head><meta charset="utf-8"><title>Mail</title><style>
html{background:#fff;color:#1c1a17;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
body{margin:12px}img{max-width:100%;height:auto}.remote-image-hidden{min-width:2rem;min-height:1rem;outline:1px dashed #999}
blockquote{margin:0 0 0 8px;padding-left:12px;border-left:2px solid #ccc}</style></head><body>${body}</body></html>`;
}

/** Pictures the mail itself carries, as data addresses: the frame has no session to fetch them with. */
async function inlinePictures(db: Kysely<DB>, interactionId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('attachment')
    .innerJoin('blob', 'blob.sha256', 'attachment.sha256')
    .where('interactionId', '=', interactionId)
    .where('contentId', 'is not', null)
    .where('contentType', 'in', ['image/png', 'image/jpeg', 'image/gif', 'image/webp'])
    .where('blob.size', '<=', MOST_INLINE)
    .select(['contentId', 'contentType', 'bytes'])
    .execute();
  return new Map(
    rows.map((row) => [row.contentId ?? '', `data:${row.contentType};base64,${row.bytes.toString('base64')}`]),
  );
}

async function readAttachment(c: WebContext): Promise<Response> {
  const id = idOf(c);
  if (!id) return answerNotFound(c);
  const row = await c.var.house.db
    .selectFrom('attachment')
    .innerJoin('blob', 'blob.sha256', 'attachment.sha256')
    .where('attachment.id', '=', id)
    .select(['bytes', 'filename', 'contentType'])
    .executeTakeFirst();
  return row ? download(c, row) : answerNotFound(c);
}
