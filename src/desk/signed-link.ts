import { createHmac, timingSafeEqual } from 'node:crypto';

/** The key that signs, and those that did before. */
interface Keys {
  signingKey: Buffer;
  olderKeys: readonly Buffer[];
}

export type LinkAbout = 'comment' | 'alert' | 'callback' | 'solved';

/**
 * The token of a link that stays good for as long as what it is about: with it someone confirms, changes and ends what
 * is theirs, without an account. Opening it changes nothing. It is worked out again for every mail, never stored.
 */
export function signLink(key: Buffer, about: LinkAbout, id: string): string {
  return `${Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')}.${signature(key, about, id)}`;
}

/** The id in a token that we signed for this, with one of our keys; undefined for anything else. */
export function readLink(keys: Keys, about: LinkAbout, token: string): string | undefined {
  const [encoded = '', signed = ''] = token.split('.');
  const hex = Buffer.from(encoded, 'base64url').toString('hex');
  if (hex.length !== 32) return undefined;
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const given = Buffer.from(signed);
  const fits = [keys.signingKey, ...keys.olderKeys].map((key) => {
    const ours = Buffer.from(signature(key, about, id));
    return given.length === ours.length && timingSafeEqual(given, ours);
  });
  return fits.includes(true) ? id : undefined;
}

function signature(key: Buffer, about: LinkAbout, id: string): string {
  return createHmac('sha256', key).update(`link:${about}:${id}`).digest('base64url').slice(0, 32);
}
