import type { MailAddress } from './addresses.ts';

/** A header field as people read it: lower-case name, decoded value. */
export type MailHeader = { name: string; value: string };

/** A file that came with a mail. `bytes` have their transfer encoding taken off. */
export type MailAttachment = {
  filename: string | null;
  /** Lower case, as declared. */
  contentType: string;
  disposition: 'attachment' | 'inline' | null;
  /** Without angle brackets. */
  contentId: string | null;
  bytes: Uint8Array;
};

/** Why nobody may acknowledge a mail; `none` is a mail a person wrote. */
export type AutomaticKind =
  | 'none'
  | 'auto-reply'
  | 'auto-generated'
  | 'bulk'
  | 'list'
  | 'bounce'
  | 'null-return-path'
  | 'own-address';
export type Automatic = { kind: AutomaticKind; why: string };

/** A mail, read. `text` (line ends LF) is always there, from the HTML when the mail brought nothing else. */
export type ParsedMail = {
  /** Without angle brackets. */
  messageId: string | null;
  inReplyTo: string | null;
  references: string[];
  from: MailAddress;
  replyTo: MailAddress[];
  to: MailAddress[];
  cc: MailAddress[];
  subject: string;
  date: Date | null;
  text: string;
  html: string | null;
  attachments: MailAttachment[];
  headers: MailHeader[];
  /** Content type of the whole mail, with its parameters: bounces are told by it. */
  contentType: string;
  automatic: Automatic;
  flags: { signed: boolean; encrypted: boolean; tnef: boolean };
  /** What was odd, in English, for the log and the raw view; never shown to customers. */
  warnings: string[];
};

/** The first value of a header, or null. */
export function headerOf(mail: Pick<ParsedMail, 'headers'>, name: string): string | null {
  return mail.headers.find((header) => header.name === name)?.value ?? null;
}

/** Every value of a header, in order. */
export function headersOf(mail: Pick<ParsedMail, 'headers'>, name: string): string[] {
  return mail.headers.filter((header) => header.name === name).map((header) => header.value);
}
