import { signMessageId, signReplyAddress } from '../../core/identity/reply-token.ts';
import { newId } from '../id.ts';
import type { Tx } from '../tx.ts';
import { type Roster, readRoster } from '../views/roster.ts';

export type MailKind =
  | 'acknowledgement'
  | 'reply'
  | 'card'
  | 'link'
  | 'confirm'
  | 'absence'
  | 'advisor_change'
  | 'commitment'
  | 'solved'
  | 'pass_on'
  | 'comment'
  | 'alert'
  | 'staff';

export interface NewMail {
  kind: MailKind;
  to: string;
  subject: string;
  text: string;
  html?: string | null;
  /** In whose name; the operator's when nobody's. */
  advisorId?: string | null;
  customerId?: string | null;
  /** With a case file, answers find their way back by a signed address. */
  caseFileId?: string | null;
  interactionId?: string | null;
  /** Message-ID this answers, and those before it, without angle brackets. */
  inReplyTo?: string | null;
  references?: readonly string[];
  /** Written by the program, not by a person (RFC 3834). */
  automatic: boolean;
  /** A mail passed on outside, attached untouched. */
  originalSha256?: Buffer | null;
  leaveAfter?: Date;
  /** For mail of a list: where one click ends it (RFC 8058). */
  listUnsubscribe?: string;
  attachments?: readonly { filename: string; contentType: string; sha256: Buffer }[];
}

/** Writes a mail that leaves after the commit. Its Message-ID never changes, so that a double can be recognised. */
export async function writeMail(tx: Tx, mail: NewMail, known?: Roster): Promise<string> {
  const { operator, advisors } = known ?? (await readRoster(tx.db, tx.now));
  const advisor = mail.advisorId ? advisors.get(mail.advisorId) : undefined;
  const id = newId();
  const keys = { current: tx.signingKey };
  const leaveAfter = mail.leaveAfter ?? tx.now;
  await tx.insert('outgoingMail', {
    id,
    customerId: mail.customerId ?? null,
    caseFileId: mail.caseFileId ?? null,
    interactionId: mail.interactionId ?? null,
    kind: mail.kind,
    fromName: oneLine(advisor ? `${advisor.name}, ${operator.name}` : operator.name),
    fromAddress: operator.contactMail,
    toAddress: mail.to,
    replyTo: mail.caseFileId ? signReplyAddress(mail.caseFileId, operator.mailDomain, keys) : null,
    subject: oneLine(mail.subject),
    text: mail.text,
    html: mail.html ?? null,
    messageId: mail.caseFileId
      ? signMessageId(mail.caseFileId, id, operator.mailDomain, keys)
      : `${id}@${operator.mailDomain}`,
    inReplyTo: mail.inReplyTo ?? null,
    mailReferences: mail.references?.length ? mail.references.join(' ') : null,
    automatic: mail.automatic,
    originalSha256: mail.originalSha256 ?? null,
    listUnsubscribe: mail.listUnsubscribe ?? null,
    createdAt: tx.now,
    leaveAfter,
  });
  const attachments = mail.attachments ?? [];
  if (attachments.length > 0)
    await tx.write(
      tx.db.insertInto('outgoingAttachment').values(
        attachments.map((each, position) => ({
          outgoingMailId: id,
          position,
          filename: each.filename,
          contentType: each.contentType,
          sha256: each.sha256,
        })),
      ),
    );
  await tx.enqueue('send-mail', { id }, leaveAfter);
  return id;
}

/** Nothing typed or received can add a header line. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}
