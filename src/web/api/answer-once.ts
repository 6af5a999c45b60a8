import type { Actor } from '../../desk/actor.ts';
import type { Transact, Tx } from '../../desk/tx.ts';
import { problem } from '../problems.ts';
import type { WebContext } from '../route.ts';
import { type Answer, claimKey, keepAnswer } from './idempotency.ts';

/** What the work says instead of an answer when it did nothing: the caller mends the request, and the key stays free. */
export interface Refused<Why> {
  refused: Why;
}

/**
 * Does the work of a POST in one transaction, and for a caller who sends an Idempotency-Key at most once: the same request
 * with the same key gets the first answer again. A key that cannot be used, or stands for another request, is a 422. `run`
 * is how the transaction comes about.
 */
export async function answerOnce<Why>(
  c: WebContext,
  body: unknown,
  work: (tx: Tx) => Promise<Answer | Refused<Why>>,
  run: Transact['together'] = c.var.house.transact,
): Promise<Response | Refused<Why>> {
  const key = c.req.header('idempotency-key')?.trim();
  if (key !== undefined && !/^[\x21-\x7e]{1,200}$/.test(key)) return problem(c, 422, 'keyUnusableTitle', 'keyUnusable');
  const done = await run((tx) => (key ? once(tx, c.var.actor, key, body, work) : work(tx)));
  if (done === 'other_request') return problem(c, 422, 'keyUsedTitle', 'keyUsed');
  return 'refused' in done ? done : c.json(done.body as object, done.status as 201);
}

async function once<Why>(
  tx: Tx,
  actor: Actor,
  key: string,
  body: unknown,
  work: (tx: Tx) => Promise<Answer | Refused<Why>>,
): Promise<Answer | Refused<Why> | 'other_request'> {
  const caller = callerOf(actor);
  const claimed = await claimKey(tx, caller, key, body);
  if (claimed.state === 'done') return claimed.answer;
  if (claimed.state === 'other_request') return 'other_request';
  const done = await work(tx);
  // Nothing was done for what is refused: the request will be mended, and the key is still free.
  if (!('refused' in done)) await keepAnswer(tx, { caller, key, request: claimed.request }, done);
  return done;
}

function callerOf(actor: Actor): string {
  if (actor.kind === 'integration') return `token ${actor.name}`;
  return actor.kind === 'staff' ? `staff ${actor.staffId}` : actor.kind;
}
