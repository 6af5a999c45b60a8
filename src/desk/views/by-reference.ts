import type { Kysely } from 'kysely';
import { normaliseReference } from '../../core/identity/reference.ts';
import type { DB } from '../tables.ts';

/** Whom a line number or customer reference names, and where their card can go. */
export interface Referred {
  customerId: string;
  locale: 'fr' | 'en';
  advisorId: string;
  /** Mail addresses on file that work. */
  mails: string[];
}

/** The customer behind what stands on a bill: the customer's reference or one of the lines'. Tells nobody but its caller. */
export async function findByReference(db: Kysely<DB>, typed: string): Promise<Referred | undefined> {
  const spellings = [...new Set([typed.trim(), normaliseReference(typed)])].filter((each) => each !== undefined);
  const row = await db
    .selectFrom('customer')
    .leftJoin('line', 'line.customerId', 'customer.id')
    .where('customer.erasedAt', 'is', null)
    .where((eb) => eb.or([eb('customer.reference', 'in', spellings), eb('line.reference', 'in', spellings)]))
    .select(['customer.id', 'customer.locale', 'customer.advisorId'])
    .executeTakeFirst();
  // Asked also when nobody was found, so that both answers cost the same.
  const points = await db
    .selectFrom('contactPoint')
    .where('customerId', '=', row?.id ?? '00000000-0000-0000-0000-000000000000')
    .where('kind', '=', 'mail')
    .where('failingSince', 'is', null)
    .select('value')
    .execute();
  return (
    row && {
      customerId: row.id,
      locale: row.locale,
      advisorId: row.advisorId,
      mails: points.map(({ value }) => value),
    }
  );
}
