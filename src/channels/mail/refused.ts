import type { House } from '../../desk/house.ts';
import { MAX_MAIL_MB } from './smtp-words.ts';
import { tellStaff } from './tell-staff.ts';

/** Tells the advisor of whoever writes from this address that a mail was refused for its size. Never throws. */
export async function tellOfRefusal(house: House, sender: string): Promise<void> {
  const address = sender.toLowerCase();
  if (address === '') return;
  await house
    .transact(async (tx) => {
      const customers = await tx.db
        .selectFrom('contactPoint')
        .where('kind', '=', 'mail')
        .where('value', '=', address)
        .select('customerId')
        .distinct()
        .limit(2)
        .execute();
      const [customer] = customers;
      if (!customer || customers.length > 1) return;
      await tellStaff(tx, customer, { kind: 'too_large', address, limit: MAX_MAIL_MB });
    })
    .catch((error) => house.log.error({ error: String(error) }, 'an advisor could not be told of a refused mail'));
}
