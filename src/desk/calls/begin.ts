import type { Tx } from '../tx.ts';

export interface NewCall {
  id: string;
  at: Date;
  fromPhone: string | null;
  customerId: string | null;
  ringList: readonly string[];
}

/** Notes that a call came in and whom it rings. Told again, by another process or twice, it changes nothing. */
export async function beginCall(tx: Tx, call: NewCall): Promise<void> {
  const { id, at, fromPhone, customerId, ringList } = call;
  await tx.db
    .insertInto('call')
    .values({ id, invitedAt: at, fromPhone, customerId, ringList: [...ringList] })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
