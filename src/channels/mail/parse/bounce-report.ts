import { binaryString } from './bytes.ts';
import { readText } from './charset.ts';
import { readMessageId } from './message-ids.ts';
import type { ParsedMail } from './parsed-mail.ts';

export type BounceAction = 'failed' | 'delayed' | 'delivered';
/** One address a report speaks of; `status` is the RFC 3463 code when the report gives one. */
export type BouncedRecipient = { address: string; status: string | null; diagnostic: string | null };
export type Bounce = { action: BounceAction; recipients: BouncedRecipient[]; originalMessageId: string | null };

/** The fields of a message/delivery-status part (RFC 3464); null when there is none that names a recipient. */
export function readReportFields(mail: ParsedMail): Omit<Bounce, 'originalMessageId'> | null {
  const status = mail.attachments.find((attachment) =>
    /^message\/(global-)?delivery-status$/.test(attachment.contentType),
  );
  return status ? readFields(readText(status.bytes, null).text) : null;
}

/** The same fields wherever they stand: some systems print them in the letter itself. */
export function readFields(text: string): Omit<Bounce, 'originalMessageId'> | null {
  const found: { recipient: BouncedRecipient; action: string }[] = [];
  for (const group of text.slice(0, MAX_TEXT).split(/\r?\n(?:[ \t]*\r?\n)+/)) {
    const fields = fieldsOf(group);
    const address = addressOf(fields.get('original-recipient')) ?? addressOf(fields.get('final-recipient'));
    const final = addressOf(fields.get('final-recipient')) ?? address;
    if (final === null) continue;
    const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0] ?? null;
    const diagnostic =
      fields
        .get('diagnostic-code')
        ?.replace(/^\s*[\w-]+\s*;\s*/, '')
        .trim() || null;
    found.push({
      recipient: { address: final, status, diagnostic },
      action: (fields.get('action') ?? '').toLowerCase(),
    });
  }
  if (found.length === 0) return null;
  return { action: actionOf(found), recipients: unique(found.map(({ recipient }) => recipient)) };
}

const MAX_TEXT = 500_000;

function fieldsOf(group: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of group.replace(/\r?\n[ \t]{1,20}/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (name !== '' && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

function addressOf(value: string | undefined): string | null {
  const plain = (value ?? '').replace(/^\s*[\w-]+\s*;/, '').trim();
  const address = /[^\s<>;:,()"']{1,250}@[^\s<>;:,()"']{1,250}/.exec(plain)?.[0];
  if (address) return address.replace(/[.:]+$/, '');
  // A local user without a domain, as sendmail names them.
  return /^[\w.+-]{1,64}$/.test(plain) ? plain : null;
}

function actionOf(found: { action: string; recipient: BouncedRecipient }[]): BounceAction {
  const kinds = found.map(({ action, recipient }) => kindOf(action, recipient.status));
  if (kinds.includes('failed')) return 'failed';
  return kinds.includes('delayed') ? 'delayed' : 'delivered';
}

function kindOf(action: string, status: string | null): BounceAction {
  if (action.startsWith('failed') || action.startsWith('failure')) return 'failed';
  if (action.startsWith('delayed')) return 'delayed';
  if (/^(delivered|relayed|expanded|deliverable)/.test(action)) return 'delivered';
  if (status?.startsWith('2')) return 'delivered';
  return 'failed';
}

function unique(recipients: BouncedRecipient[]): BouncedRecipient[] {
  return recipients.filter((one, at) => recipients.findIndex((other) => other.address === one.address) === at);
}

/** The Message-ID of the mail that came back: from the returned message, its headers, or what the letter quotes of them. */
export function originalIdIn(mail: ParsedMail): string | null {
  const returned = mail.attachments.find((attachment) =>
    /^(message\/(rfc822|global)|text\/rfc822-headers?)$/.test(attachment.contentType),
  );
  const sources = [returned ? binaryString(returned.bytes.subarray(0, MAX_TEXT)) : '', mail.text.slice(0, MAX_TEXT)];
  for (const source of sources) {
    const line = /^[ \t>]{0,10}message-id:[ \t]{0,10}(?:\r?\n[ \t]{1,10})?(<[^<>\r\n]{1,998}>|\S{1,998})/im.exec(
      source,
    )?.[1];
    if (line) return readMessageId(line);
  }
  return null;
}
