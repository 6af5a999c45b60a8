import sharp from 'sharp';
import { readAdvisorPhoto } from '../../desk/views/advisor-card.ts';
import { answerNotFound } from '../problems.ts';
import type { WebContext } from '../route.ts';

/** Sides in pixels, twice what is shown, for sharp screens. */
const sides: Record<string, number> = { small: 104, large: 304 };
const made = new Map<string, Buffer>();
const mostKept = 300;

/** GET /portrait/:advisorId/:size/:key — an advisor's photo, square, without the camera's data, a few kilobytes. */
export async function showPortrait(c: WebContext): Promise<Response> {
  const { advisorId = '', size = '', key = '' } = c.req.param();
  const side = sides[size];
  if (!side) return answerNotFound(c);
  const name = `${advisorId}/${size}/${key}`;
  const bytes = made.get(name) ?? (await makePortrait(c, advisorId, side));
  if (!bytes) return answerNotFound(c);
  remember(name, bytes);
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': 'image/webp',
    'Cache-Control': 'public, max-age=604800',
    'Content-Security-Policy': "default-src 'none'",
  });
}

async function makePortrait(c: WebContext, advisorId: string, side: number): Promise<Buffer | undefined> {
  const photo = await readAdvisorPhoto(c.var.house.db, advisorId);
  return photo && sharp(photo).rotate().resize(side, side, { fit: 'cover' }).webp({ quality: 80 }).toBuffer();
}

function remember(name: string, bytes: Buffer): void {
  made.set(name, bytes);
  const oldest = made.keys().next();
  if (made.size > mostKept && !oldest.done) made.delete(oldest.value);
}
