import sharp from 'sharp';
import { contrast } from '../../core/text/accent.ts';
import { palette } from '../../core/text/palette.ts';

/** Twice what pages show, for sharp screens. */
const MOST = { width: 480, height: 96 };
const MOST_PIXELS = 40_000_000;
/** WCAG 1.4.11: what is not text needs 3:1 against what is around it. */
const SEEN = 3;
const ENOUGH_SEEN = 0.3;

export interface Logo {
  bytes: Buffer;
  /** Pixels it is shown wide, SHOWN_HEIGHT high. */
  width: number;
}

/** Pixels. */
const SHOWN_HEIGHT = 32;

export type PreparedLogo = { ok: true; logo: Logo } | { ok: false; why: 'no_picture' | 'too_pale' };

/**
 * A logo made small, encoded anew and without what a file may carry beside the picture. Refused when it is no picture, or
 * cut out and so pale that nobody would see it on the page by day (by night it stands on a light plate).
 */
export async function prepareLogo(bytes: Uint8Array): Promise<PreparedLogo> {
  try {
    const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
    // An SVG is a program.
    if (!['jpeg', 'png', 'webp', 'avif', 'heif'].includes((await picture.metadata()).format))
      return { ok: false, why: 'no_picture' };
    const small = picture.rotate().resize({ ...MOST, fit: 'inside', withoutEnlargement: true });
    const { data, info } = await small.clone().ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    if (isTooPale(data)) return { ok: false, why: 'too_pale' };
    const made = await small.webp({ quality: 90, alphaQuality: 100 }).toBuffer();
    return {
      ok: true,
      logo: { bytes: made, width: Math.max(1, Math.round((info.width * SHOWN_HEIGHT) / info.height)) },
    };
  } catch {
    return { ok: false, why: 'no_picture' };
  }
}

/** RGBA. A picture with a ground of its own is seen whatever it shows; an empty one is not. */
function isTooPale(pixels: Buffer): boolean {
  const solid: string[] = [];
  let all = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    all += 1;
    if ((pixels[at + 3] ?? 0) > 128) solid.push(`#${pixels.subarray(at, at + 3).toString('hex')}`);
  }
  if (solid.length === 0) return true;
  if (solid.length > all * 0.98) return false;
  const seen = solid.filter((colour) => contrast(colour, palette.light.paper) >= SEEN).length;
  return seen / solid.length < ENOUGH_SEEN;
}
