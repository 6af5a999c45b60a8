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

/** Calls of my customers that nobody took since I last looked, and whose matter is still open. */
export async function missedCalls(
  db: Kysely<DB>,
  advisorId: string,
  seenAt: Date | null,
  now: Date,
): Promise<MissedCall[]> {
  const from = new Date(Math.max(seenAt?.getTime() ?? 0, now.getTime() - SHOWN_MS));
  const rows = await db
    .selectFrom('call')
    .innerJoin('customer', 'customer.id', 'call.customerId')
    .innerJoin('interaction', 'interaction.id', 'call.interactionId')
    .innerJoin('caseFile', 'caseFile.id', 'interaction.caseFileId')
    .where('customer.advisorId', '=', advisorId)
    .where('call.direction', '=', 'in')
    .where('call.invitedAt', '>', from)
    .where('call.missedAt', 'is not', null)
    .where('caseFile.closedAt', 'is', null)
    .select(['call.id', 'call.invitedAt as at', 'customer.id as customerId', 'customer.name as customerName'])
    .select('interaction.caseFileId')
    .orderBy('call.invitedAt', 'desc')
    .limit(20)
    .execute();
  return rows;
}
