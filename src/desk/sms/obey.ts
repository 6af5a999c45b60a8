import type { Received } from '../interactions/incoming.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import { isStopped, resumeSms, stopSms } from './stop.ts';
import { stoppedSms } from './words.ts';
import { writeSms } from './write.ts';

/** STOP or START from a number: remembered at once, and STOP confirmed by one last SMS to a number on file. */
export async function obeyWish(tx: Tx, wish: 'stop' | 'start', phone: string, received: Received): Promise<void> {
  if (wish === 'start') return resumeSms(tx, phone);
  if (await isStopped(tx.db, phone)) return;
  await stopSms(tx, phone);
  if (received.kind !== 'interaction') return;
  const { customerId, caseFileId, id: interactionId } = received;
  const { locale } = await tx.db
    .selectFrom('customer')
    .where('id', '=', customerId)
    .select('locale')
    .executeTakeFirstOrThrow();
  const { operator } = await readRoster(tx.db, tx.now);
  const text = stoppedSms(locale, operator.name);
  await writeSms(tx, { kind: 'stop', to: phone, text, customerId, caseFileId, interactionId, automatic: true });
  await tx.record({ type: 'sms.stopped', customerId, caseFileId, facts: { interactionId } });
}
