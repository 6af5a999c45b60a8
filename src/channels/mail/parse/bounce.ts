import { readFreeForm } from './bounce-freeform.ts';
import { type Bounce, originalIdIn, readReportFields } from './bounce-report.ts';
import type { ParsedMail } from './parsed-mail.ts';

/**
 * Reads a delivery report, RFC 3464 or written freely by one of the many mail systems; null for any other mail.
 * A report identifies, it proves nothing: act on it only for a mail we sent (`originalMessageId`) or an address on file.
 */
export function readBounce(mail: ParsedMail): Bounce | null {
  if (isFeedback(mail) || isReceipt(mail)) return null;
  const report = readReportFields(mail) ?? readFreeForm(mail);
  return report && { ...report, originalMessageId: originalIdIn(mail) };
}

/** Abuse feedback (RFC 5965) also comes as a report. */
function isFeedback(mail: ParsedMail): boolean {
  return mail.attachments.some((attachment) => attachment.contentType === 'message/feedback-report');
}

/** So do read receipts (RFC 8098). */
function isReceipt(mail: ParsedMail): boolean {
  return mail.attachments.some((attachment) => attachment.contentType === 'message/disposition-notification');
}
