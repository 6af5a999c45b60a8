/** `LENGTH:PAYLOAD,` as Kamailio's evapi frames its messages. */
export function netstring(payload: string): Buffer {
  const bytes = Buffer.from(payload);
  return Buffer.concat([Buffer.from(`${bytes.length}:`), bytes, Buffer.from(',')]);
}

/** Longest frame that is believed; anything longer is not from our Kamailio. */
const MOST_BYTES = 65_536;
const COMMA = 0x2c;

/** Cuts a stream into payloads. The returned function takes bytes as they come; it throws when they are no netstrings. */
export function netstringReader(): (bytes: Buffer) => string[] {
  let rest = Buffer.alloc(0);
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    const found: string[] = [];
    for (;;) {
      const colon = rest.indexOf(':');
      if (colon < 0) {
        if (rest.length > 6) throw new Error('not a netstring');
        return found;
      }
      const written = rest.subarray(0, colon).toString('latin1');
      const length = Number(written);
      if (!/^\d{1,5}$/.test(written) || length > MOST_BYTES) throw new Error('not a netstring');
      if (rest.length < colon + length + 2) return found;
      if (rest[colon + 1 + length] !== COMMA) throw new Error('not a netstring');
      found.push(rest.subarray(colon + 1, colon + 1 + length).toString());
      rest = rest.subarray(colon + length + 2);
    }
  };
}
