import { can } from '../../../desk/permissions.ts';
import { readImage } from '../../../desk/views/post.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';

/** GET /image/:imageId/:width — one size of a picture of a post. Before the post is published only its writers see it. */
export async function showImage(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  const width = /^(\d{1,5})\.webp$/.exec(c.req.param('width') ?? '')?.[1];
  const image = width && (await readImage(house.db, c.req.param('imageId') ?? '', Number(width), house.clock()));
  if (!image || (!image.published && !can(actor, 'write posts'))) return answerNotFound(c);
  return c.body(new Uint8Array(image.bytes), 200, {
    'Content-Type': 'image/webp',
    // A picture never changes; that its post was withdrawn must be seen within the day.
    'Cache-Control': image.published ? 'public, max-age=86400' : 'private, no-store',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
  });
}
