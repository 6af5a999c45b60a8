import { createHash } from 'node:crypto';
import { normaliseMail } from '../../core/identity/mail-address.ts';
import { normalisePhone } from '../../core/identity/phone.ts';
import { normaliseReference } from '../../core/identity/reference.ts';
import type { Actor } from '../../desk/actor.ts';
import type { Received } from '../../desk/interactions/incoming.ts';
import { receiveInteraction } from '../../desk/interactions/receive.ts';
import type { Tx } from '../../desk/tx.ts';
import type { Me } from '../../desk/views/my-page.ts';
import type { Problems } from '../ui/fields.tsx';
import { type Say, speak } from '../ui/words/words.ts';

/** What a town hall says about a resident, checked. */
export interface Report {
  name: string;
  phone: string | undefined;
  mail: string | undefined;
  line: string | undefined;
  address: string;
  what: string;
}

/** Reads the form: what is to be corrected, and the report. */
export function checkReport(
  fields: Readonly<Record<string, string>>,
  say: Say,
): { problems: Problems; report: Report } {
  const typed = (name: string) => (fields[name] ?? '').trim().slice(0, name === 'what' ? 20_000 : 300);
  const report: Report = {
    name: typed('name').replace(/\s+/g, ' '),
    phone: normalisePhone(typed('phone')),
    mail: normaliseMail(typed('mail')),
    line: typed('line') ? normaliseReference(typed('line')) : undefined,
    address: typed('address'),
    what: typed('what'),
  };
  const problems: Record<string, string> = {};
  if (!report.name) problems.name = say('errorResident');
  if (typed('phone') && !report.phone) problems.phone = say('errorPhone');
  if (typed('mail') && !report.mail) problems.mail = say('errorMail');
  if (!typed('phone') && !typed('mail') && !report.address) problems.phone = say('errorResidentReach');
  if (!report.what) problems.what = say('errorWhat');
  return { problems, report };
}

/**
 * Takes a report in one transaction: once for the resident (on their timeline when exactly one customer is at this
 * number or address, else in the tray), once on the town hall's own. The town hall is answered the same either way.
 */
export async function takeReport(
  tx: Tx,
  actor: Actor,
  townHall: Me,
  report: Report,
  formId: string,
  locale: 'fr' | 'en',
): Promise<Extract<Received, { kind: 'interaction' }>> {
  const say = speak(locale);
  const text = reportText(report, say);
  const common = { channel: 'message', at: tx.now, text, acknowledge: false } as const;
  await receiveInteraction(tx, actor, {
    ...common,
    from: { phone: report.phone, mail: report.mail, name: report.name },
    proven: false,
    lineReference: report.line,
    subject: say('reportSubject', { townHall: townHall.name }),
    caution: say('reportCaution', { townHall: townHall.name }),
    contentHash: hashOf('resident', formId, text),
  });
  const own = await receiveInteraction(tx, actor, {
    ...common,
    from: { customerId: townHall.id },
    proven: true,
    subject: say('reportOwnSubject', { resident: report.name }),
    contentHash: hashOf('town hall', formId, text),
  });
  if (own.kind !== 'interaction') throw new Error('a town hall’s own report must be on its timeline');
  return own;
}

function reportText(report: Report, say: Say): string {
  const lines = [
    [say('residentName'), report.name],
    [say('residentPhone'), report.phone],
    [say('residentMail'), report.mail],
    [say('residentLine'), report.line],
    [say('residentAddress'), report.address],
  ].filter(([, value]) => value);
  return `${report.what}\n\n${lines.map(([label, value]) => `${label}\u00a0: ${value}`).join('\n')}`;
}

function hashOf(...parts: string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}
