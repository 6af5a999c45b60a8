import { analyse } from 'chardet';
import iconv from 'iconv-lite';
import { binaryString, bytesOf, isAscii } from './bytes.ts';
import { hasJapaneseEscapes, hasKoreanShifts, readShiftedKorean, withoutSupplement } from './iso-2022.ts';
import { looksLikeWestern } from './western.ts';

/** Text and the charset it was finally read with; `certain` is false where a ladder step guessed. */
export type ReadText = { text: string; charset: string; certain: boolean };

/**
 * The charset ladder: declared and strict, else UTF-8, windows-1252 where it reads like words, detection.
 * U+FFFD appears only when no reading at all fits, which windows-1252 makes impossible.
 */
export function readText(bytes: Uint8Array, declared: string | null): ReadText {
  const label = canonicalLabel(declared);
  return (
    fromByteOrderMark(bytes) ??
    fromEscapes(bytes, label) ??
    fromAscii(bytes, label) ??
    fromDeclared(bytes, label) ??
    fromUtf8(bytes) ??
    fromGuess(bytes)
  );
}

const aliases: Record<string, string> = {
  ascii: 'us-ascii',
  'ansi_x3.4-1968': 'us-ascii',
  '7bit': 'us-ascii',
  '8bit': '',
  unknown: '',
  'unknown-8bit': '',
  'x-unknown': '',
  none: '',
  utf8: 'utf-8',
  'iso-8859-8-i': 'iso-8859-8',
  'x-sjis': 'shift_jis',
  cp932: 'shift_jis',
  'ks_c_5601-1987': 'euc-kr',
  cp949: 'euc-kr',
  cp936: 'gbk',
  'x-gbk': 'gbk',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  cp1252: 'windows-1252',
  cp1251: 'windows-1251',
  cp1250: 'windows-1250',
  'x-mac-roman': 'macintosh',
};

function canonicalLabel(declared: string | null): string {
  const plain = (declared ?? '')
    .trim()
    .toLowerCase()
    .replace(/^["']+|["']+$/g, '')
    .replace(/\*.*$/, '');
  const known = aliases[plain];
  if (known !== undefined) return known;
  return plain.replace(/^iso_8859/, 'iso-8859').replace(/^(windows|iso)(?=\d)/, '$1-');
}

function fromByteOrderMark(bytes: Uint8Array): ReadText | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return strict(bytes.subarray(3), 'utf-8');
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return strict(bytes.subarray(2), 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return strict(bytes.subarray(2), 'utf-16be');
  return null;
}

/** ISO-2022-JP and ISO-2022-KR are seven-bit: their escape sequences are the only sign. */
function fromEscapes(bytes: Uint8Array, label: string): ReadText | null {
  const binary = bytes.includes(ESC) ? binaryString(bytes) : '';
  if (binary === '' || label === 'utf-8') return null;
  if (hasKoreanShifts(binary)) return { text: readShiftedKorean(binary), charset: 'iso-2022-kr', certain: true };
  if (!hasJapaneseEscapes(binary)) return null;
  return strict(bytes, 'iso-2022-jp') ?? strict(bytesOf(withoutSupplement(binary)), 'iso-2022-jp');
}

const ESC = 0x1b;

const sevenBitCoded = new Set(['utf-7', 'hz-gb-2312', 'utf-16', 'utf-16le', 'utf-16be', 'utf-32']);

function fromAscii(bytes: Uint8Array, label: string): ReadText | null {
  if (!isAscii(bytes)) return null;
  if (sevenBitCoded.has(label))
    return strict(bytes, label) ?? { text: binaryString(bytes), charset: 'us-ascii', certain: false };
  return { text: binaryString(bytes), charset: 'us-ascii', certain: true };
}

const western = new Set(['iso-8859-1', 'latin1', 'windows-1252', 'iso-8859-15', 'us-ascii', 'iso-8859-9']);

function fromDeclared(bytes: Uint8Array, label: string): ReadText | null {
  if (label === '' || label === 'us-ascii') return null;
  const reading = strict(bytes, label);
  if (!reading || label === 'utf-8') return reading;
  const utf8 = western.has(label) ? strict(bytes, 'utf-8') : null;
  if (utf8) return { ...utf8, certain: false };
  return western.has(label) && !looksLikeWestern(bytes) ? (detected(bytes) ?? reading) : reading;
}

function fromUtf8(bytes: Uint8Array): ReadText | null {
  return strict(bytes, 'utf-8') ?? mostlyUtf8(bytes);
}

/** A mail cut in mid-character, or one Latin-1 line pasted into UTF-8: the odd bytes alone are read as windows-1252. */
function mostlyUtf8(bytes: Uint8Array): ReadText | null {
  const sample = countSequences(binaryString(bytes.subarray(0, SAMPLE)));
  if (sample.good === 0 || sample.good < sample.odd * 2) return null;
  const repaired = binaryString(bytes).replace(sequenceOrOddByte, (piece: string, sequence: string | undefined) =>
    sequence === undefined ? (oddBytes.get(piece) ?? piece) : piece,
  );
  const read = strict(bytesOf(repaired), 'utf-8');
  return read && { ...read, certain: false };
}

const SAMPLE = 65_536;
const sequenceOrOddByte = /([\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})|[\x80-\xff]/g;
/** The UTF-8 bytes of what a lone high byte means in windows-1252. */
const oddBytes = new Map(
  Array.from({ length: 128 }, (_, at) => {
    const byte = Buffer.of(at + 128);
    return [byte.toString('latin1'), Buffer.from(westernText(byte), 'utf8').toString('latin1')];
  }),
);

function countSequences(binary: string): { good: number; odd: number } {
  const counted = { good: 0, odd: 0 };
  for (const match of binary.matchAll(sequenceOrOddByte)) counted[match[1] === undefined ? 'odd' : 'good'] += 1;
  return counted;
}

function fromGuess(bytes: Uint8Array): ReadText {
  const guess = looksLikeWestern(bytes) ? null : detected(bytes);
  return guess ?? { text: westernText(bytes), charset: 'windows-1252', certain: false };
}

const detectable = /^(gb18030|big5|euc-jp|euc-kr|shift_jis|koi8-r|windows-125[0-8]|iso-8859-[2-9])$/;

function detected(bytes: Uint8Array): ReadText | null {
  for (const match of analyse(bytes.subarray(0, 65_536))) {
    const label = match.name.toLowerCase();
    if (match.confidence < 10 || !detectable.test(label) || label === 'windows-1252') continue;
    const reading = strict(bytes, label);
    if (reading) return { ...reading, certain: false };
  }
  return null;
}

function westernText(bytes: Uint8Array): string {
  return new TextDecoder('windows-1252').decode(bytes);
}

/** The reading in exactly this charset, or null when a byte does not fit or nobody knows the charset. */
function strict(bytes: Uint8Array, label: string): ReadText | null {
  try {
    const text = new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\uFFFD') && label !== 'utf-8' ? null : { text, charset: label, certain: true };
  } catch {
    return strictIconv(bytes, label);
  }
}

function strictIconv(bytes: Uint8Array, label: string): ReadText | null {
  if (label.startsWith('utf-8') || isWhatwg(label) || !iconv.encodingExists(label)) return null;
  const text = iconv.decode(Buffer.from(bytes), label);
  return text.includes('\uFFFD') ? null : { text, charset: label, certain: true };
}

function isWhatwg(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}
