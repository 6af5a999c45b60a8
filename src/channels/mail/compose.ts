import MailComposer from 'nodemailer/lib/mail-composer';
import type { Attachment } from 'nodemailer/lib/mailer';
import { htmlOf } from './html-of.ts';

/** A mail that leaves, with everything that goes into it. */
export interface MailToCompose {
  kind: string;
  fromName: string;
  fromAddress: string;
  toAddress: string;
  replyTo: string | null;
  subject: string;
  text: string;
  html: string | null;
  /** The operator's colour, like #1d4e5f. */
  accent?: string | undefined;
  /** Message-IDs without angle brackets. */
  messageId: string;
  inReplyTo: string | null;
  /** Separated by spaces, oldest first. */
  mailReferences: string | null;
  automatic: boolean;
  /** Address that ends the list's mail by one POST, or null. */
  listUnsubscribe?: string | null;
  date: Date;
  attachments: readonly { filename: string; contentType: string; bytes: Buffer }[];
  original: Buffer | null;
}

export interface ComposedMail {
  envelope: { from: string; to: [string] };
  raw: Buffer;
}

/**
 * The bytes of a mail and its envelope. Automatic mail says so and leaves with an empty envelope sender (RFC 3834);
 * a person's mail comes back to the signed reply address when it cannot be delivered, so that we know whose it was.
 */
export async function composeMail(mail: MailToCompose): Promise<ComposedMail> {
  const composer = new MailComposer({
    from: { name: oneLine(mail.fromName), address: oneLine(mail.fromAddress) },
    to: { name: '', address: oneLine(mail.toAddress) },
    replyTo: mail.replyTo ? { name: oneLine(mail.fromName), address: oneLine(mail.replyTo) } : undefined,
    subject: oneLine(mail.subject),
    date: mail.date,
    messageId: `<${oneLine(mail.messageId)}>`,
    inReplyTo: mail.inReplyTo ? `<${oneLine(mail.inReplyTo)}>` : undefined,
    references: mail.mailReferences ? references(mail.mailReferences) : undefined,
    headers: { ...(mail.automatic ? automaticHeaders(mail) : {}), ...listHeaders(mail) },
    text: mail.text,
    html: mail.html ?? htmlOf(mail.text, mail.accent),
    attachments: [...mail.attachments.map(attachmentOf), ...(mail.original ? [passedOn(mail.original)] : [])],
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
  });
  const message = composer.compile();
  const envelopeFrom = mail.automatic ? '' : oneLine(mail.replyTo ?? mail.fromAddress);
  return { envelope: { from: envelopeFrom, to: [oneLine(mail.toAddress)] }, raw: await message.build() };
}

/** auto-replied answers a mail; auto-generated was written on its own. */
function automaticHeaders(mail: MailToCompose): Record<string, string> {
  return {
    'Auto-Submitted': mail.inReplyTo ? 'auto-replied' : 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    Precedence: 'bulk',
  };
}

/** Leaving a list by one click (RFC 8058). */
function listHeaders({ listUnsubscribe }: MailToCompose): Record<string, string> {
  if (!listUnsubscribe) return {};
  return {
    'List-Unsubscribe': `<${oneLine(listUnsubscribe)}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}

/** Long conversations: the first and the newest references are enough to thread, and the line stays within limits. */
function references(value: string): string[] {
  const ids = oneLine(value).split(' ').filter(Boolean);
  const kept = ids.length > 20 ? [...ids.slice(0, 1), ...ids.slice(-19)] : ids;
  return kept.map((id) => `<${id}>`);
}

function attachmentOf({ filename, contentType, bytes }: MailToCompose['attachments'][number]): Attachment {
  return { filename: oneLine(filename), contentType: oneLine(contentType), content: bytes };
}

/** The original as it came: message/rfc822 is never encoded, and none of its bytes may change. */
function passedOn(original: Buffer): Attachment {
  return {
    filename: 'message.eml',
    contentType: 'message/rfc822',
    contentDisposition: 'attachment',
    content: original,
  };
}

/** Nothing typed or received can add a header line. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}
