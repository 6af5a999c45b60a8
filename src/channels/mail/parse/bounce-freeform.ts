import { type Bounce, type BouncedRecipient, readFields } from './bounce-report.ts';
import { delayWords, failureWords, originalStarts, reportSubject } from './bounce-words.ts';
import { htmlText } from './html-text.ts';
import { headersOf, type ParsedMail } from './parsed-mail.ts';

/** Reports written freely: told by who sends them and what they say, read line by line. */
export function readFreeForm(mail: ParsedMail): Omit<Bounce, 'originalMessageId'> | null {
  if (!comesFromASystem(mail)) return null;
  const report = reportText(mail);
  if (!failureWords.test(report) && !reportSubject.test(mail.subject)) return null;
  const listed = readFields(report);
  const recipients = listed?.recipients ?? recipientsIn(mail, report);
  if (recipients.length === 0) return null;
  const delayed =
    delayWords.test(`${mail.subject}\n${report}`) && !/permanent|returned mail: user unknown/i.test(report);
  return { action: delayed ? 'delayed' : 'failed', recipients };
}

/** No person may ever be taken for a report: a bare quotation of one in a letter is not enough. */
function comesFromASystem(mail: ParsedMail): boolean {
  const local = (mail.from.address?.split('@')[0] ?? mail.from.name).toLowerCase();
  const systemName =
    /^(mailer[-_.]?daemon|mail[-_.]?daemon|po+st[-_.]?master|mail\.delivery\.system|bounces?|mdaemon|sysadmin)$/.test(
      local,
    );
  const displayName = /mail(er)? deliver|mailer-daemon|delivery subsystem|postmaster/i.test(mail.from.name);
  const automatic =
    mail.automatic.kind === 'bounce' ||
    mail.automatic.kind === 'null-return-path' ||
    mail.automatic.kind === 'auto-generated';
  if (mail.automatic.kind === 'auto-reply' && !systemName) return false;
  return systemName || displayName || (automatic && (reportSubject.test(mail.subject) || failureWords.test(mail.text)));
}

const MAX_REPORT = 200_000;

/** What the system wrote, without the mail it returns. */
function reportText(mail: ParsedMail): string {
  const notes = mail.attachments
    .filter((attachment) => attachment.contentType === 'text/plain')
    .map((attachment) => Buffer.from(attachment.bytes.subarray(0, MAX_REPORT)).toString('utf8'));
  const written = mail.text.trim() === '' && mail.html ? htmlText(mail.html) : mail.text;
  const whole = [written, ...notes].join('\n').slice(0, MAX_REPORT);
  const cut = originalStarts.exec(whole);
  return cut && cut.index > 0 ? whole.slice(0, cut.index) : whole;
}

function recipientsIn(mail: ParsedMail, report: string): BouncedRecipient[] {
  const named = headersOf(mail, 'x-failed-recipients').flatMap((value) => addressesIn(value));
  const sources = [() => named, () => failedAddresses(mail, report), () => returnedTo(mail)];
  for (const source of sources) {
    const addresses = [...new Set(source())].slice(0, 200);
    if (addresses.length > 0) return addresses.map((address) => detailOf(address, report));
  }
  return [];
}

/** Addresses in the report's own words, less those of the sender, of the reporting system and of header lines. */
function failedAddresses(mail: ParsedMail, report: string): string[] {
  const others = new Set(
    [mail.from.address, ...mail.to.map((to) => to.address)].flatMap((one) => (one ? [one.toLowerCase()] : [])),
  );
  const lines = report.split(/\r?\n/).filter((line) => !headerLine.test(line));
  const told = lines.flatMap((line) => addressesIn(line)).filter((address) => !isSystem(address));
  const strangers = told.filter((address) => !others.has(address.toLowerCase()));
  return strangers.length > 0
    ? strangers
    : told.filter((address) => address.toLowerCase() !== mail.from.address?.toLowerCase());
}

const headerLine =
  /^[\s|>*]*(from|reply-to|sender|return-path|errors-to|message-?id|mail from|x-[\w-]+|received|references|in-reply-to|de|von|subject|date|<<< 2|>>> mail)\s*:|^>>> MAIL FROM/i;

function isSystem(address: string): boolean {
  return /^(mailer-daemon|postmaster|mail-daemon|abuse|support|helpdesk|this-message-rejected-by[\w-]*)@/i.test(
    address,
  );
}

/** The To of the mail that came back, when the report names nobody. */
function returnedTo(mail: ParsedMail): string[] {
  const returned = mail.attachments.find((attachment) =>
    /^(message\/rfc822|text\/rfc822-headers?)$/.test(attachment.contentType),
  );
  const source = returned
    ? Buffer.from(returned.bytes.subarray(0, MAX_REPORT)).toString('latin1')
    : mail.text.slice(0, MAX_REPORT);
  return addressesIn(/^[ \t>]{0,5}(?:to|rcpt to|x-envelope-to):([^\r\n]{1,2000})/im.exec(source)?.[1] ?? '');
}

function addressesIn(text: string): string[] {
  const found =
    text.slice(0, 10_000).match(/[^\s<>()[\]"',;:|=\\\u3000]{1,200}@[A-Za-z0-9][A-Za-z0-9.-]{0,200}[A-Za-z0-9]/g) ?? [];
  return found
    .map((address) => address.replace(/^[.'`*]+|[.'`*]+$/g, ''))
    .filter((address) => /^[^@]+@[^@]+$/.test(address));
}

/** The first status and SMTP answer that stand on the line of the address or in the twelve after it. */
function detailOf(address: string, report: string): BouncedRecipient {
  const at = Math.max(report.indexOf(address), 0);
  const nearby = report
    .slice(at, at + 2_000)
    .split(/\r?\n/)
    .slice(0, 12);
  const answer = nearby.find((line) => /\b[45]\d\d[ -]/.test(line) || /\b[45]\.\d{1,3}\.\d{1,3}\b/.test(line));
  const status = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(nearby.join('\n'))?.[0] ?? null;
  return { address, status, diagnostic: answer?.trim().slice(0, 500) ?? null };
}
