import { system } from '../actor.ts';
import { makeCommitment } from '../commitments/make.ts';
import { newId } from '../id.ts';
import { writeMail } from '../outbox/write-mail.ts';
import { type Way, wayToTell } from '../sms/tell.ts';
import { callbackSms } from '../sms/words.ts';
import { writeSms } from '../sms/write.ts';
import type { Tx } from '../tx.ts';
import { type Roster, readRoster } from '../views/roster.ts';
import type { CallChanges, CallRow } from './call-row.ts';
import { callbackLink } from './callback-link.ts';
import { openCallback } from './callback-row.ts';
import { acceptedWords, promisedWords } from './callback-words.ts';
import { makeTrue } from './make-true.ts';
import { lockCustomer, putOnTimeline } from './timeline.ts';

export interface CallbackPromised {
  call: CallRow & { fromPhone: string; customerId: string };
  /** What changes of it at the same time. */
  changes: CallChanges;
  /** Who calls back, and before when. */
  advisorId: string;
  before: Date;
  /** The caller took the offer; false: nobody answered, and this is what we owe. */
  accepted: boolean;
  /** What they heard of it, if anybody knows. */
  playedMs: number | null;
  /** They were told so: by the offer they took, the announcer, or the voicemail. */
  told: boolean;
}

/**
 * A customer is called back by this advisor before then: a commitment, the line on the timeline, and word of it by SMS
 * or mail. Who calls again before that keeps the callback they have, unless they were told another name or an earlier
 * time: what they heard is what holds.
 */
export async function promiseCallback(tx: Tx, promised: CallbackPromised): Promise<void> {
  const { call, changes, advisorId, before } = promised;
  const { customerId, fromPhone: phone } = call;
  // Asked side by side; the customer first, so that the rest is what they have once nobody else is at it.
  const [, known, way, roster] = await Promise.all([
    lockCustomer(tx, customerId),
    openCallback(tx.db, { customerId }),
    wayToTell(tx, customerId, { preferred: phone, smsFirst: true, sms: true }),
    readRoster(tx.db, tx.now),
  ]);
  const returned = known ? { ...call, commitmentId: known.commitmentId } : call;
  const matter = await putOnTimeline(tx, returned, { changes, unanswered: true });
  if (!matter) return;
  const { caseFileId, locale } = matter;
  if (promised.accepted) await sayAccepted(tx, call.id, acceptedWords(locale, phone, promised.playedMs));
  if (known) {
    if ((await makeTrue(tx, roster, known, promised)) && way)
      await confirm(tx, roster, { ...promised, id: known.id, locale, caseFileId: known.caseFileId, way });
    return;
  }
  const wanted = { customerId, caseFileId, kind: 'callback' as const, ownerId: advisorId, dueAt: before };
  const { id: commitmentId } = await makeCommitment(tx, system, wanted, roster);
  const id = newId();
  await tx.insert('callback', { id, customerId, commitmentId, phone, callId: call.id, madeAt: tx.now });
  if (way) await confirm(tx, roster, { ...promised, id, locale, caseFileId, way });
}

async function sayAccepted(tx: Tx, callId: string, text: string): Promise<void> {
  await tx.db
    .updateTable('interaction')
    .set({ text })
    .where('id', '=', (eb) => eb.selectFrom('call').where('id', '=', callId).select('interactionId'))
    .execute();
}

/** Says it again in writing, with one link to change it all: by SMS to a mobile on file, else by mail. */
async function confirm(
  tx: Tx,
  roster: Roster,
  promised: CallbackPromised & { id: string; locale: 'fr' | 'en'; caseFileId: string; way: Way },
): Promise<void> {
  const { call, advisorId, before, id, locale, caseFileId, way } = promised;
  const { name: operator, timeZone: zone } = roster.operator;
  const link = callbackLink(tx, locale, id);
  const facts = { name: roster.advisors.get(advisorId)?.name ?? '', operator, before, now: tx.now, zone };
  const about = { kind: 'commitment' as const, advisorId, customerId: call.customerId, caseFileId, automatic: true };
  if ('sms' in way) {
    await writeSms(tx, { ...about, to: way.sms, text: callbackSms(locale, facts), link });
    return;
  }
  const words = promisedWords(locale, { ...facts, phone: call.fromPhone, link });
  await writeMail(tx, { ...about, to: way.mail, ...words }, roster);
}
