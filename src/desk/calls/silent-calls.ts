import type { Transact } from '../tx.ts';
import { followCall } from './follow.ts';
import { missCall } from './miss.ts';
import { setAsideCall } from './set-aside.ts';

/** A call that was asked for begins within this, or it never does. */
const BEGINS_MS = 2 * 60_000;
/** No phone system keeps a caller waiting longer than this before somebody answers. */
const SILENT_MS = 10 * 60_000;
const AT_ONCE = 50;

/**
 * A call of which nothing more was heard (an event was lost, the phone system was restarted) counts as missed: its caller
 * is owed an answer. Should the answer be reported later after all, it stands above this. Returns how many.
 */
export async function finishSilentCalls(transact: Transact): Promise<number> {
  const ids = await transact(async (tx) => {
    const rows = await tx.db
      .selectFrom('call')
      .where('invitedAt', '<', new Date(tx.now.getTime() - SILENT_MS))
      // Who waits is told so again every few minutes.
      .where((eb) =>
        eb.or([eb('waitsSince', 'is', null), eb('waitsSince', '<', new Date(tx.now.getTime() - SILENT_MS))]),
      )
      .where('answeredAt', 'is', null)
      .where('missedAt', 'is', null)
      .where('setAsideAt', 'is', null)
      .where('direction', '=', 'in')
      .where('source', '!=', 'redirect')
      .select('id')
      .orderBy('invitedAt')
      .limit(AT_ONCE)
      .execute();
    return rows.map(({ id }) => id);
  });
  for (const callId of ids) await transact((tx) => followCall(tx, { callId, kind: 'missed', at: tx.now, attempt: -1 }));
  return ids.length;
}

/**
 * The phone system has started: whoever it had ringing by then hears nothing more, and is owed what the decision promised,
 * or an answer. Returns how many calls that was.
 */
export async function missCallsBefore(transact: Transact, startedAt: Date): Promise<number> {
  const ids = await transact(async (tx) => {
    const rows = await tx.db
      .selectFrom('call')
      .where('invitedAt', '<', startedAt)
      .where('answeredAt', 'is', null)
      .where('missedAt', 'is', null)
      .where('setAsideAt', 'is', null)
      .where('direction', '=', 'in')
      .where('source', '=', 'kamailio')
      .select('id')
      .orderBy('invitedAt')
      .execute();
    return rows.map(({ id }) => id);
  });
  for (const callId of ids)
    await transact((tx) => missCall(tx, { callId, at: startedAt, hungUp: false, playedMs: null }));
  return ids.length;
}

/**
 * Calls the workspace asked for that nobody dialled, or of whose end nothing was heard; callers sent on by a redirect, of
 * whom the switch tells no more: nothing rings any more, and nobody is owed anything.
 */
export async function setAsideUntold(transact: Transact): Promise<number> {
  return transact(async (tx) => {
    const ago = (ms: number) => new Date(tx.now.getTime() - ms);
    const rows = await tx.db
      .selectFrom('call')
      .where((eb) =>
        eb.or([eb.and([eb('direction', '=', 'out'), eb('source', '=', 'kamailio')]), eb('source', '=', 'redirect')]),
      )
      .where('answeredAt', 'is', null)
      .where('missedAt', 'is', null)
      .where('setAsideAt', 'is', null)
      .where('invitedAt', '<', ago(BEGINS_MS))
      .where((eb) =>
        eb.or([eb.and([eb('sipId', 'is', null), eb('direction', '=', 'out')]), eb('invitedAt', '<', ago(SILENT_MS))]),
      )
      .select(['id', 'sipId', 'direction'])
      .limit(AT_ONCE)
      .execute();
    for (const { id, sipId, direction } of rows)
      await setAsideCall(tx, id, sipId || direction === 'in' ? 'untold' : 'not_dialled');
    return rows.length;
  });
}
