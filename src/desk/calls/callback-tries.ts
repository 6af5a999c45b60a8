import { addWorkingMinutes } from '../../core/calendar/calendar.ts';
import { system } from '../actor.ts';
import { lockCaseFile } from '../casefiles/open.ts';
import { keepCommitment } from '../commitments/keep.ts';
import { makeCommitment } from '../commitments/make.ts';
import { openCommitments } from '../commitments/queries.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import type { CallRow } from './call-row.ts';
import { tellTried } from './tell-tried.ts';

/** Working minutes between two tries, and how many there are. */
export const TRY_AGAIN_MINUTES = 20;
export const MOST_TRIES = 3;
const NEWS_WITHIN_MINUTES = 480;

/**
 * A callback nobody answered: the word was kept (we called), and the next try is promised 20 working minutes later. After
 * three tries a working day is left to reach the customer in another way.
 */
export async function tryAgainLater(tx: Tx, call: CallRow): Promise<void> {
  if (!call.commitmentId) return;
  const callback = await openCommitments(tx.db)
    .where('id', '=', call.commitmentId)
    .select(['id', 'customerId', 'caseFileId', 'ownerId', 'words'])
    .executeTakeFirst();
  if (!callback) return;
  await lockCaseFile(tx, callback.caseFileId);
  const roster = await readRoster(tx.db, tx.now);
  const calendar = roster.advisors.get(callback.ownerId)?.workingHours;
  if (!calendar) throw new Error(`advisor ${callback.ownerId} is not on the roster`);
  const tries = await triesOf(tx, callback.id);
  const again = tries < MOST_TRIES;
  const minutes = again ? TRY_AGAIN_MINUTES : NEWS_WITHIN_MINUTES;
  const dueAt = new Date(addWorkingMinutes(calendar, tx.now.getTime(), minutes));
  await makeCommitment(tx, system, {
    customerId: callback.customerId,
    caseFileId: callback.caseFileId,
    ownerId: callback.ownerId,
    kind: again ? 'callback' : 'answer',
    words: callback.words,
    dueAt,
    replacesId: callback.id,
  });
  await keepCommitment(tx, system, { id: callback.id, advisorId: call.placedBy });
  await tellTried(tx, roster, { call, ...callback, dueAt, again });
}

/** How many calls were made for this callback and those it takes the place of. */
async function triesOf(tx: Tx, commitmentId: string): Promise<number> {
  const { count } = await tx.db
    .withRecursive('chain', (db) =>
      db
        .selectFrom('commitment')
        .where('id', '=', commitmentId)
        .select(['id', 'replacesId'])
        .unionAll(
          db
            .selectFrom('commitment')
            .innerJoin('chain', 'chain.replacesId', 'commitment.id')
            .select(['commitment.id', 'commitment.replacesId']),
        ),
    )
    .selectFrom('call')
    .innerJoin('chain', 'chain.id', 'call.commitmentId')
    .where('call.missedAt', 'is not', null)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
