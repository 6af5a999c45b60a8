// Byte views used all over the parser. A "binary string" holds one byte per character (U+0000 to U+00FF).

/** The bytes as a binary string: nothing is decoded, nothing is lost. */
export function binaryString(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** The bytes behind a binary string. */
export function bytesOf(binary: string): Uint8Array {
  return Buffer.from(binary, 'latin1');
}

/** Whether every byte is below 0x80. */
export function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 0x7f) return false;
  return true;
}

/** Splits at line ends (CRLF or LF), without them; linear in the size. */
export function* byteLines(bytes: Uint8Array): Generator<{ start: number; end: number; next: number }> {
  let start = 0;
  while (start < bytes.length) {
    const newline = bytes.indexOf(0x0a, start);
    const next = newline < 0 ? bytes.length : newline + 1;
    let end = newline < 0 ? bytes.length : newline;
    if (end > start && bytes[end - 1] === 0x0d) end -= 1;
    yield { start, end, next };
    start = next;
  }
}
