/** GSM 03.38, the alphabet every telephone reads: one septet each. Of French it has à é è ù and É, not ê ç â î ô. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** These take two. */
const EXTENDED = '\f^{}\\[~]|€';

/** Most parts of one SMS: beyond, a mail is the better way. */
export const MOST_PARTS = 10;

export interface SmsParts {
  /** Each leaves on its own and is put together again by the telephone. */
  parts: string[];
  /** Whether 7 bits a character do; else it is 16. */
  gsm: boolean;
  /** Septets or 16-bit units used, and how many more fit into the last part. */
  used: number;
  left: number;
}

/** How a text leaves: 160 septets or 70 units alone, 153 or 67 a part when it takes several (3GPP TS 23.038, 23.040). */
export function smsParts(text: string): SmsParts {
  const gsm = isGsm(text);
  const [alone, each] = gsm ? [160, 153] : [70, 67];
  const used = length(text, gsm);
  if (used <= alone) return { parts: [text], gsm, used, left: alone - used };
  const parts: string[] = [];
  let part = '';
  let size = 0;
  // A letter and the accents set on it stay together, and so do both halves of an emoji.
  for (const { segment } of graphemes.segment(text))
    for (const piece of length(segment, gsm) > each ? segment : [segment]) {
      const more = length(piece, gsm);
      if (size + more > each) {
        parts.push(part);
        part = '';
        size = 0;
      }
      part += piece;
      size += more;
    }
  parts.push(part);
  return { parts, gsm, used, left: each - size };
}

const graphemes = new Intl.Segmenter('fr', { granularity: 'grapheme' });

function isGsm(text: string): boolean {
  for (const character of text) if (!BASIC.includes(character) && !EXTENDED.includes(character)) return false;
  return true;
}

function length(text: string, gsm: boolean): number {
  if (!gsm) return text.length;
  let septets = 0;
  for (const character of text) septets += EXTENDED.includes(character) ? 2 : 1;
  return septets;
}

const PLAINER: Record<string, string> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '…': '...',
  '–': '-',
  '—': '-',
  œ: 'oe',
  Œ: 'OE',
  '\t': ' ',
};

/**
 * The text as an SMS: fixed spaces, curly quotes and dashes become plain, since one of them would halve what fits.
 * Letters stay as they are, names above all: who writes Gaël pays for it and is not renamed. No control characters.
 */
export function plainSms(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(/[\u00a0\u2000-\u200a\u202f]/g, ' ')
    .replaceAll('« ', '"')
    .replaceAll(' »', '"')
    .replace(/[«»]/g, '"')
    .replace(/[’‘“”…–—œŒ\t]/g, (found) => PLAINER[found] ?? found);
  return plain
    .replace(/\r\n?/g, '\n')
    .replace(UNSEEN, (found) => (found === '\n' ? found : ''))
    .trim();
}

/** Control characters, and those that change the direction or hide. */
const UNSEEN = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;
