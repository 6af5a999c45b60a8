import type { Kysely } from 'kysely';
import { prepared } from '../../platform/db/prepared.ts';
import type { DB } from '../tables.ts';

const STANDARD_MINUTES = 480;

/**
 * The service level an answer is owed by: of the line it is about, of the case file's line, else the shortest of the
 * customer's lines. Nothing else about a customer may shorten it (invariant 5).
 */
export async function serviceOf(
  tx: { db: Kysely<DB> },
  customerId: string,
  caseFileId: string | null,
  lineReference: string | null,
): Promise<{ answerWithinMinutes: number; lineId: string | null }> {
  const lines = await linesOf(tx.db, { customerId, caseFileId });
  const about = lines.find((line) => line.reference === lineReference) ?? lines.find((line) => line.ofCaseFile);
  const chosen = about ?? lines[0];
  return {
    answerWithinMinutes: chosen?.answerWithinMinutes ?? STANDARD_MINUTES,
    lineId: about?.id ?? (lines.length === 1 ? (chosen?.id ?? null) : null),
  };
}

/** The customer's lines with what they promise, the shortest first. */
const linesOf = prepared((db: Kysely<DB>, given: { customerId: string; caseFileId: string | null }) =>
  db
    .selectFrom('line')
    .innerJoin('serviceLevel', 'serviceLevel.code', 'line.serviceLevel')
    .where('line.customerId', '=', given.customerId)
    .select(['line.id', 'line.reference', 'answerWithinMinutes'])
    .select((eb) =>
      eb('line.id', '=', eb.selectFrom('caseFile').where('id', '=', given.caseFileId).select('lineId')).as(
        'ofCaseFile',
      ),
    )
    .orderBy('answerWithinMinutes'),
);
