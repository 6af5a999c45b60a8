import sharp from 'sharp';
import { type Actor, staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import { storeBlob } from '../interactions/blobs.ts';
import type { Tx } from '../tx.ts';

/** Widths an image is kept in; the last is for reading a newspaper column, and never larger than what came. */
const widths = [480, 960, 2600] as const;
const MOST_PIXELS = 120_000_000;

export interface PreparedImage {
  variants: { width: number; height: number; bytes: Buffer }[];
}

/**
 * Makes the few sizes of an uploaded picture, upright and without the camera's data (EXIF names places and devices).
 * Undefined when the bytes are no picture we can show. Done before the transaction: it takes a while.
 */
export async function prepareImage(bytes: Uint8Array): Promise<PreparedImage | undefined> {
  try {
    const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
    const { format, autoOrient } = await picture.metadata();
    // An SVG is a program; what is drawn can be sent as PNG.
    if (!['jpeg', 'png', 'webp', 'avif', 'heif', 'gif', 'tiff'].includes(format)) return undefined;
    const fitting = widths.filter(
      (width, index) => index === 0 || width < autoOrient.width || widths[index - 1]! < autoOrient.width,
    );
    const variants = [];
    for (const width of fitting) {
      const { data, info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS })
        .rotate()
        .resize({ width, withoutEnlargement: true })
        .webp({ quality: 80 })
        .toBuffer({ resolveWithObject: true });
      variants.push({ width: info.width, height: info.height, bytes: data });
    }
    return { variants };
  } catch {
    return undefined;
  }
}

/** Adds a prepared picture to a post; the text names it `image-N`. Returns N. Without words for those who do not see it there is no picture. */
export async function addImage(
  tx: Tx,
  actor: Actor,
  { postId, alt, image }: { postId: string; alt: string; image: PreparedImage },
): Promise<number> {
  const id = newId();
  const last = await tx.db
    .selectFrom('image')
    .where('postId', '=', postId)
    .select((eb) => eb.fn.max('position').as('position'))
    .executeTakeFirst();
  const position = (last?.position ?? 0) + 1;
  await tx.db
    .insertInto('image')
    .values({ id, postId, position, alt: alt.trim(), addedAt: tx.now, addedBy: staffIdOf(actor) })
    .execute();
  for (const { width, height, bytes } of image.variants) {
    const sha256 = await storeBlob(tx, bytes);
    await tx.db.insertInto('imageVariant').values({ imageId: id, width, height, sha256 }).execute();
  }
  return position;
}
