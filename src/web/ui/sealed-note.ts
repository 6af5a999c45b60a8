import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { House } from '../../desk/house.ts';

type Keys = Pick<House, 'signingKey' | 'olderKeys' | 'clock'>;

/** A page that says again what was sent can be loaded for so long: then somebody else may sit at that screen. */
export const READ_FOR_MS = 86_400_000;

const IV = 12;
const TAG = 16;

/** A short note in an address that only we can write and read, for what a page must say again and an address must not tell. */
export function sealNote({ signingKey, clock }: Keys, about: string, note: object): string {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', keyFor(signingKey, about), iv);
  const text = JSON.stringify([clock().getTime(), note]);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** What was sealed with one of our keys for this, not longer ago than that; undefined for anything else. */
export function openNote(keys: Keys, about: string, sealed: string, mostMs: number): unknown {
  const bytes = Buffer.from(sealed, 'base64url');
  for (const key of [keys.signingKey, ...keys.olderKeys]) {
    const text = opened(keyFor(key, about), bytes);
    if (text === undefined) continue;
    const [at, note] = JSON.parse(text) as [number, unknown];
    return keys.clock().getTime() - at <= mostMs ? note : undefined;
  }
  return undefined;
}

function opened(key: Buffer, bytes: Buffer): string | undefined {
  if (bytes.length <= IV + TAG) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV), { authTagLength: TAG });
  decipher.setAuthTag(bytes.subarray(IV, IV + TAG));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]).toString('utf8');
  } catch {
    // Not ours, or another page's.
    return undefined;
  }
}

function keyFor(signingKey: Buffer, about: string): Buffer {
  return createHmac('sha256', signingKey).update(`note:${about}`).digest();
}
