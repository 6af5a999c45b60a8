import type { Tx } from '../tx.ts';

/**
 * The mail address to answer to, or null when there is none. One that a colleague typed must be on the customer's file.
 * By default the one they wrote from, unless something about that mail calls for caution; else the first that works.
 */
export async function addressee(
  tx: Tx,
  customerId: string,
  last: { channel: string; party: string; caution: string | null } | undefined,
  wanted: string | null | undefined,
): Promise<string | null | 'not_on_file'> {
  const points = await tx.db
    .selectFrom('contactPoint')
    .where('customerId', '=', customerId)
    .where('kind', '=', 'mail')
    .select(['value', 'failingSince'])
    .orderBy('id')
    .execute();
  if (wanted) return points.find((point) => point.value === wanted.toLowerCase())?.value ?? 'not_on_file';
  const from = last?.channel === 'mail' ? last.party.toLowerCase() : '';
  const known = points.find((point) => point.value === from);
  if (known ? !known.failingSince : from.includes('@') && last?.caution === null) return from;
  return points.find((point) => !point.failingSince)?.value ?? null;
}
