import { clockTime, dueTimeInWriting, longDay } from '../../core/text/dates.ts';
import { spacedPhone } from '../../core/text/phone.ts';
import type { Locale } from '../../core/text/typeset.ts';

export interface AcknowledgementWords {
  answering: string;
  absent: { name: string; until: Date | null } | null;
  now: Date;
  receivedAt: Date;
  dueAt: Date;
  operator: string;
  phone: string;
  zone: string;
  followAt: string;
}

/** The acknowledgement in the customer's language: who answers, before when, and how to reach them meanwhile. */
export function acknowledgementWords(locale: Locale, words: AcknowledgementWords): { subject: string; text: string } {
  return locale === 'fr' ? inFrench(words) : inEnglish(words);
}

function inFrench({
  answering,
  absent,
  now,
  receivedAt,
  dueAt,
  operator,
  phone,
  zone,
  followAt,
}: AcknowledgementWords) {
  const style = { locale: 'fr', zone } as const;
  const until = absent?.until ? ` jusqu’au ${longDay(absent.until, now, style)}` : '';
  return {
    subject: 'Votre message est bien arrivé',
    text: paragraphs(
      'Bonjour,',
      `Votre message est bien arrivé ${longDay(receivedAt, now, style)} à ${clockTime(receivedAt, style)}.`,
      absent && `Votre contact, ${absent.name}, n’est pas là${until}. Je réponds à sa place.`,
      `Je vous réponds avant ${dueTimeInWriting(dueAt, now, style)}.`,
      `Pour ajouter quelque chose, répondez à ce message. Pour suivre votre demande\u00a0: ${followAt}`,
      `${answering}\n${operator}\n${spacedPhone(phone)}`,
    ),
  };
}

function inEnglish({
  answering,
  absent,
  now,
  receivedAt,
  dueAt,
  operator,
  phone,
  zone,
  followAt,
}: AcknowledgementWords) {
  const style = { locale: 'en', zone } as const;
  const until = absent?.until ? ` until ${longDay(absent.until, now, style)}` : '';
  return {
    subject: 'Your message has arrived',
    text: paragraphs(
      'Hello,',
      `Your message arrived on ${longDay(receivedAt, now, style)} at ${clockTime(receivedAt, style)}.`,
      absent && `Your contact, ${absent.name}, is away${until}. I answer in their place.`,
      `I will answer you before ${dueTimeInWriting(dueAt, now, style)}.`,
      `To add something, reply to this message. To follow your request: ${followAt}`,
      `${answering}\n${operator}\n${spacedPhone(phone)}`,
    ),
  };
}

function paragraphs(...parts: (string | null | false)[]): string {
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}
