// Tells words in a Western language from another script's bytes read as windows-1252.

/** Whether the high bytes read as windows-1252 look like letters within Western words and usual signs. */
export function looksLikeWestern(bytes: Uint8Array): boolean {
  const counted = { high: 0, odd: 0 };
  let runStart = -1;
  for (let at = 0; at <= bytes.length; at += 1) {
    const high = at < bytes.length && (bytes[at] as number) > 0x7f;
    if (high && runStart < 0) runStart = at;
    if (high || runStart < 0) continue;
    countRun(bytes, runStart, at, counted);
    runStart = -1;
  }
  return counted.odd * 4 <= counted.high;
}

// € … ‘ ’ “ ” • – — ™ œ Œ nbsp ¡ £ § © ª « ­soft ® ° ± ² ³ ´ · ¹ º » ¼ ½ ¾ ¿
const usualSigns = new Set([
  0x80, 0x85, 0x8c, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99, 0x9c, 0xa0, 0xa1, 0xa3, 0xa7, 0xa9, 0xaa, 0xab,
  0xad, 0xae, 0xb0, 0xb1, 0xb2, 0xb3, 0xb4, 0xb7, 0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe, 0xbf,
]);

function countRun(bytes: Uint8Array, start: number, end: number, counted: { high: number; odd: number }): void {
  let letters = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] as number;
    counted.high += 1;
    if (isLetter(byte)) letters += 1;
    else if (!usualSigns.has(byte)) counted.odd += 1;
  }
  // Three accented letters in a row, or two that no ASCII letter touches, are rarely a Western word.
  const touches = isAsciiLetter(bytes[start - 1]) || isAsciiLetter(bytes[end]);
  if (letters >= 3 || (letters === 2 && !touches)) counted.odd += letters;
  else if (endsInSmallThenCapital(bytes, start, end)) counted.odd += 1;
}

function isLetter(byte: number): boolean {
  return (byte >= 0xc0 && byte !== 0xd7 && byte !== 0xf7) || byte === 0x9c || byte === 0x8c;
}

function isAsciiLetter(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a));
}

/** "aÀ" inside a word: a capital accent after a small letter is a sign of KOI8-R or GBK. */
function endsInSmallThenCapital(bytes: Uint8Array, start: number, end: number): boolean {
  const before = bytes[start - 1] ?? 0;
  const after = bytes[end] ?? 0;
  const first = bytes[start] as number;
  return before >= 0x61 && before <= 0x7a && first >= 0xc0 && first <= 0xde && after >= 0x61 && after <= 0x7a;
}
