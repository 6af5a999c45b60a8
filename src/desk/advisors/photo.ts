import sharp from 'sharp';
import type { Actor } from '../actor.ts';
import { forgetBlobs, storeBlob } from '../interactions/blobs.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { isOwnCard } from './own-card.ts';

/** Side in pixels: more than any page shows, little enough to keep. */
const SIDE = 640;
const MOST_PIXELS = 120_000_000;

/**
 * A photo made square, upright, small and without the camera's data (EXIF names places and devices). Undefined when the
 * bytes are no picture we can show. Done before the transaction: it takes a while.
 */
export async function preparePhoto(bytes: Uint8Array): Promise<Buffer | undefined> {
  try {
    const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
    // An SVG is a program, and a film is no portrait.
    if (!['jpeg', 'png', 'webp', 'avif', 'heif', 'tiff'].includes((await picture.metadata()).format)) return undefined;
    return await picture
      .rotate()
      .resize(SIDE, SIDE, { fit: 'cover', position: 'attention', withoutEnlargement: true })
      .webp({ quality: 82 })
      .toBuffer();
  } catch {
    return undefined;
  }
}

export type PhotoSet = { ok: true } | { ok: false; why: 'not_allowed' | 'unknown_advisor' };

/** Shows a prepared photo of an advisor from now on, or with null none: their initials stand there instead. */
export async function setPhoto(
  tx: Tx,
  actor: Actor,
  { advisorId, photo }: { advisorId: string; photo: Buffer | null },
): Promise<PhotoSet> {
  if (!can(actor, 'build caseloads') && !isOwnCard(actor, advisorId)) return { ok: false, why: 'not_allowed' };
  const advisor = await tx.db
    .selectFrom('advisor')
    .where('id', '=', advisorId)
    .where('leftAt', 'is', null)
    .select(['id', 'photo'])
    .forUpdate()
    .executeTakeFirst();
  if (!advisor) return { ok: false, why: 'unknown_advisor' };
  const sha256 = photo && (await storeBlob(tx, photo));
  await tx.db.updateTable('advisor').set({ photo: sha256 }).where('id', '=', advisorId).execute();
  if (advisor.photo) await forgetBlobs(tx, [advisor.photo]);
  await recordChange(tx, actor, {
    action: photo ? 'set photo' : 'remove photo',
    event: photo ? 'advisor.photo_set' : 'advisor.photo_removed',
    advisorId,
  });
  return { ok: true };
}
