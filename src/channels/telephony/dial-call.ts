import { inHeader } from '../../core/telephony/ring-list.ts';
import { takeToDial } from '../../desk/calls/take-to-dial.ts';
import type { JobHandler } from '../../platform/jobs/jobs.ts';
import type { Switchboard } from './door.ts';
import type { Line } from './start.ts';

/** Calls the workspace asked for, as soon as they are asked for. */
export function dialJob(telephony: { dial(callId: string): Promise<void> }): JobHandler {
  return {
    name: 'dial-call',
    concurrency: 1,
    batch: 20,
    soon: true,
    run: ({ callId }) => telephony.dial(String(callId)),
  };
}

/**
 * Hands a call to Kamailio, which rings the advisor's phone and sends it on to the customer. From then on it is Kamailio's:
 * whatever happens to us, nothing rings that nobody can end.
 */
export async function dialCall(
  { house, door }: Pick<Switchboard, 'house' | 'door'>,
  callId: string,
  line: Line,
): Promise<void> {
  // Not taken before it can be handed over: the job comes again.
  if (!line.isOpen()) throw new Error('no connection to Kamailio');
  const call = await house.transact((tx) => takeToDial(tx, callId));
  if (!call) return;
  const { phone, to, customer } = call;
  const shown = customer && door.showNames ? inHeader(`${customer.name} (${customer.reference})`) : to;
  line.say({ dial: callId, phone: `${phone}@${door.phones}`, to, shown });
}
