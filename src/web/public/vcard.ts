import QRCode from 'qrcode';
import sharp from 'sharp';
import { type AdvisorCard, readAdvisorCard, readAdvisorPhoto } from '../../desk/views/advisor-card.ts';
import { answerNotFound } from '../problems.ts';
import type { WebContext } from '../route.ts';
import { readOperator } from '../ui/operator.ts';

/** GET /:locale/contact/:advisorId/contact.vcf — the person for a phone's address book, with the portrait. */
export async function sendVcard(c: WebContext): Promise<Response> {
  const found = await findCard(c);
  if (!found) return answerNotFound(c);
  const { card, operatorName, page } = found;
  const photo = await readAdvisorPhoto(c.var.house.db, card.id);
  const small = photo && (await sharp(photo).resize(192, 192, { fit: 'cover' }).jpeg({ quality: 75 }).toBuffer());
  return c.body(vcard(card, operatorName, page, small), 200, {
    'Content-Type': 'text/vcard; charset=utf-8',
    'Content-Disposition': 'attachment; filename="contact.vcf"',
    'Cache-Control': 'public, max-age=60',
  });
}

/** GET /:locale/contact/:advisorId/qr.svg — the same without the portrait, to photograph from a screen or from paper. */
export async function sendQr(c: WebContext): Promise<Response> {
  const found = await findCard(c);
  if (!found) return answerNotFound(c);
  // Only what a phone needs to ring: the less it holds, the better an old camera reads it.
  const text = vcard({ ...found.card, office: undefined }, found.operatorName, undefined);
  const svg = await QRCode.toString(text, { type: 'svg', errorCorrectionLevel: 'L', margin: 1 });
  return c.body(svg, 200, {
    'Content-Type': 'image/svg+xml',
    'Cache-Control': 'public, max-age=60',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  });
}

async function findCard(c: WebContext) {
  const { house } = c.var;
  const card = await readAdvisorCard(house.db, house.clock(), c.req.param('advisorId') ?? '');
  if (!card) return undefined;
  const operator = await readOperator(house);
  const page = `${house.config.origin}/${c.req.param('locale')}/contact/${card.id}`;
  return { card, operatorName: operator.name, page };
}

/** What of a person a vCard says. */
type OnCard = Pick<AdvisorCard, 'name' | 'phone'> & { office: AdvisorCard['office'] | undefined };

/** vCard 3.0, which every phone reads. The mail address is not in it: the page says it to people, after a button. */
export function vcard(card: OnCard, operatorName: string, page: string | undefined, jpeg?: Buffer): string {
  const [given = '', ...rest] = card.name.split(' ');
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:${plain(rest.join(' '))};${plain(given)};;;`,
    `FN:${plain(card.name)}`,
    `ORG:${plain(operatorName)}`,
    `TEL;TYPE=WORK,VOICE:${card.phone}`,
    ...(card.office ? [address(card.office)] : []),
    ...(page ? [`URL:${page}`] : []),
    ...(jpeg ? [`PHOTO;ENCODING=b;TYPE=JPEG:${jpeg.toString('base64')}`] : []),
    'END:VCARD',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

function address({ street, postcode, commune }: AdvisorCard['office']): string {
  return `ADR;TYPE=WORK:;;${plain(street)};${plain(commune)};;${plain(postcode)};`;
}

/** Backslashes, separators and line ends written as text (RFC 2426), so that no name can add a line. */
function plain(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\s*[\r\n]+\s*/g, '\\n');
}

/** At most 75 bytes a line, the rest behind a space; never inside a character. */
function fold(line: string): string {
  const parts: string[] = [];
  let part = '';
  for (const sign of line) {
    if (Buffer.byteLength(part + sign) > 74) {
      parts.push(part);
      part = '';
    }
    part += sign;
  }
  return [...parts, part].join('\r\n ');
}
