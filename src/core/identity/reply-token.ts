import { createHmac, timingSafeEqual } from 'node:crypto';

// A token names a case file and carries a truncated HMAC-SHA-256 over it: 16 + 10 bytes, 42 signs of base32.
// base32 survives systems that change the case of a local part; `reply+` and 42 signs stay within 64 octets.

/** What our reply addresses and Message-IDs are made with. Older keys still read what they once signed. */
export type ReplyKeys = { current: Uint8Array; older?: readonly Uint8Array[] };

/** `reply+<token>@domain` for a case file (uuid). Throws on anything but a uuid. */
export function signReplyAddress(caseFileId: string, domain: string, keys: ReplyKeys): string {
  return `${PREFIX}${signToken('reply', caseFileId, domain, keys.current)}@${domain}`;
}

/** The case file a reply address of ours names, or null when it is not ours, damaged or forged. */
export function readReplyAddress(address: string, domain: string, keys: ReplyKeys): string | null {
  const parts = /^([^@]{1,64})@([^@]{1,255})$/.exec(address.trim().toLowerCase());
  if (!parts || parts[2] !== domain.toLowerCase() || !parts[1]?.startsWith(PREFIX)) return null;
  return readToken('reply', parts[1].slice(PREFIX.length), domain, keys);
}

/** A Message-ID of ours, without angle brackets: stable for one outgoing interaction, and it names its case file. */
export function signMessageId(caseFileId: string, interactionId: string, domain: string, keys: ReplyKeys): string {
  const unique = base32(uuidBytes(interactionId));
  return `${unique}.${signToken(`id ${unique}`, caseFileId, domain, keys.current)}@${domain}`;
}

/** Case file and interaction of a Message-ID of ours, or null for anyone else's. */
export function readMessageId(
  id: string,
  domain: string,
  keys: ReplyKeys,
): { caseFileId: string; interactionId: string } | null {
  const parts = /^<?([a-z2-7]{26})\.([a-z2-7]{42})@([^@>]{1,255})>?$/.exec(id.trim().toLowerCase());
  if (!parts || parts[3] !== domain.toLowerCase()) return null;
  const [, unique = '', token = ''] = parts;
  const caseFileId = readToken(`id ${unique}`, token, domain, keys);
  const interaction = unbase32(unique, UUID_BYTES);
  return caseFileId === null || interaction === null ? null : { caseFileId, interactionId: uuidText(interaction) };
}

const PREFIX = 'reply+';
const UUID_BYTES = 16;
const MAC_BYTES = 10;

function signToken(purpose: string, id: string, domain: string, key: Uint8Array): string {
  const bytes = uuidBytes(id);
  return base32(Buffer.concat([bytes, mac(purpose, bytes, domain, key)]));
}

function readToken(purpose: string, token: string, domain: string, keys: ReplyKeys): string | null {
  const bytes = unbase32(token, UUID_BYTES + MAC_BYTES);
  if (!bytes) return null;
  const id = bytes.subarray(0, UUID_BYTES);
  const given = bytes.subarray(UUID_BYTES);
  // Every key is tried, so that the time taken does not tell which one fits.
  const fits = [keys.current, ...(keys.older ?? [])].map((key) =>
    timingSafeEqual(mac(purpose, id, domain, key), given),
  );
  return fits.includes(true) ? uuidText(id) : null;
}

function mac(purpose: string, id: Uint8Array, domain: string, key: Uint8Array): Uint8Array {
  const hmac = createHmac('sha256', key).update(`visavis ${purpose} ${domain.toLowerCase()}\0`).update(id);
  return hmac.digest().subarray(0, MAC_BYTES);
}

function uuidBytes(id: string): Buffer {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw new TypeError('not a uuid');
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function uuidText(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += ALPHABET[(held >> (bits - 5)) & 31];
  }
  return bits > 0 ? text + ALPHABET[(held << (5 - bits)) & 31] : text;
}

/** Exactly one text reads as given bytes: left-over bits must be zero. */
function unbase32(text: string, length: number): Buffer | null {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const sign of text) {
    const value = ALPHABET.indexOf(sign);
    if (value < 0) return null;
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  const rest = held & ((1 << bits) - 1);
  return bytes.length === length && rest === 0 ? Buffer.from(bytes) : null;
}
