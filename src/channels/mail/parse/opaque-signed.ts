/** The content inside an opaque S/MIME signature (CMS SignedData, RFC 5652), or null when there is none to show. */
export function signedContent(der: Uint8Array): Uint8Array | null {
  const bytes = Buffer.from(der.buffer, der.byteOffset, der.byteLength);
  const contentInfo = element(bytes, 0);
  const [type, wrapped] = contentInfo ? children(contentInfo) : [];
  if (!type || !wrapped || !type.body.equals(SIGNED_DATA)) return null;
  const [signedData] = children(wrapped);
  const encapsulated = signedData ? children(signedData)[2] : undefined;
  const explicit = encapsulated ? children(encapsulated)[1] : undefined;
  const [octets] = explicit ? children(explicit) : [];
  return octets ? octetString(octets, 0) : null;
}

const SIGNED_DATA = Buffer.from('2a864886f70d010702', 'hex');
const MAX_CHILDREN = 100_000;

type Element = { tag: number; body: Buffer; next: number };

/** One BER element. An indefinite length ends at its end-of-contents mark, found by reading what is inside. */
function element(bytes: Buffer, at: number, depth = 0): Element | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || depth > 30) return null;
  if (first === 0x80) return indefinite(bytes, at, tag, depth);
  const lengthBytes = first > 0x80 ? first - 0x80 : 0;
  if (lengthBytes > 4 || at + 2 + lengthBytes > bytes.length) return null;
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes);
  const start = at + 2 + lengthBytes;
  return { tag, body: bytes.subarray(start, start + length), next: start + length };
}

function indefinite(bytes: Buffer, at: number, tag: number, depth: number): Element | null {
  let end = at + 2;
  for (let count = 0; count < MAX_CHILDREN; count += 1) {
    if (bytes[end] === 0 && bytes[end + 1] === 0) return { tag, body: bytes.subarray(at + 2, end), next: end + 2 };
    const inner = element(bytes, end, depth + 1);
    if (!inner) return null;
    end = inner.next;
  }
  return null;
}

function children(parent: Element): Element[] {
  const found: Element[] = [];
  let at = 0;
  while (at < parent.body.length && found.length < MAX_CHILDREN) {
    const child = element(parent.body, at);
    if (!child) break;
    found.push(child);
    at = child.next;
  }
  return found;
}

/** An OCTET STRING, in one piece or cut into several. */
function octetString(octets: Element, depth: number): Buffer {
  if ((octets.tag & 0x20) === 0 || depth > 5) return octets.body;
  return Buffer.concat(children(octets).map((piece) => octetString(piece, depth + 1)));
}
