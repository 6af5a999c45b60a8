import type { Tx } from '../tx.ts';

/** A proven mail came from an address that had failed: it works again. */
export async function addressWorks(tx: Tx, customerId: string, mail: string): Promise<void> {
  await tx.write(
    tx.db
      .updateTable('contactPoint')
      .set({ failingSince: null, failingWhy: null })
      .where('customerId', '=', customerId)
      .where('kind', '=', 'mail')
      .where('value', '=', mail.toLowerCase())
      .where('failingSince', 'is not', null),
  );
}
