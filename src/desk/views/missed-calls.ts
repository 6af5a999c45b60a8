import type { Kysely } from 'kysely';
import type { DB } from '../tables.ts';

export interface MissedCall {
  id: string;
  at: Date;
  customerId: string;
  customerName: string;
  caseFileId: string;
}

const SHOWN_MS = 12 * 3_600_000;

/**
 * Calls in matters of mine that nobody took since I last looked, and that are still open. Found from the matters, one after the
 * other: the calls of half a day are those of all advisors, and PostgreSQL would rather read them all.
 */
export async function missedCalls(
  db: Kysely<DB>,
  advisorId: string,
  seenAt: Date | null,
  now: Date,
): Promise<MissedCall[]> {
  const from = new Date(Math.max(seenAt?.getTime() ?? 0, now.getTime() - SHOWN_MS));
  return db
    .selectFrom('caseFile')
    .innerJoin('interaction', 'interaction.caseFileId', 'caseFile.id')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('call')
          .whereRef('call.interactionId', '=', 'interaction.id')
          .where('call.direction', '=', 'in')
          .where('call.invitedAt', '>', from)
          .where('call.missedAt', 'is not', null)
          .select(['call.id', 'call.invitedAt as at'])
          .limit(1)
          .as('missed'),
      (join) => join.onTrue(),
    )
    .innerJoin('customer', 'customer.id', 'caseFile.customerId')
    .where('caseFile.ownerId', '=', advisorId)
    .where('caseFile.closedAt', 'is', null)
    .where('caseFile.lastAt', '>', from)
    .where('interaction.channel', '=', 'call')
    .where('interaction.at', '>', from)
    .select(['missed.id', 'missed.at', 'customer.id as customerId', 'customer.name as customerName'])
    .select('interaction.caseFileId')
    .orderBy('missed.at', 'desc')
    .limit(20)
    .execute();
}
