import { sql } from 'kysely';
import { system } from '../actor.ts';
import { passTo } from '../casefiles/owner.ts';
import type { Transact, Tx } from '../tx.ts';
import { coverNow } from '../views/cover.ts';
import { readRoster } from '../views/roster.ts';
import { homeOf, presentAbsence } from './home-of.ts';
import { tellReturn } from './tell-return.ts';

/** Case files in one transaction: small, so that a departure in mid-conversation holds nobody up. */
const AT_ONCE = 50;

/**
 * Passes the open case files of those who are away to whoever answers in their place, and brings back those of everyone
 * who is back. What it does follows from the present state alone, so that it can be killed and run again at any point.
 * Returns how many case files changed hands, or have customers who hear that it goes on. Run every minute.
 */
export async function watchAbsences(transact: Transact): Promise<number> {
  let passed = 0;
  for (const step of [bringSomeBack, passSomeOn])
    for (;;) {
      const count = await transact(step);
      passed += count;
      if (count < AT_ONCE) break;
    }
  return passed;
}

async function passSomeOn(tx: Tx): Promise<number> {
  const roster = await readRoster(tx.db, tx.now);
  const present = roster.absences.filter((each) => presentAbsence(roster, each.advisorId, tx.now) === each);
  const away = new Map(present.map((each) => [each.advisorId, each]));
  if (away.size === 0) return 0;
  const covers = new Map([...away.keys()].map((id) => [id, coverNow(roster, id, tx.now.getTime()).advisorId]));
  // Somebody for whom nobody else is left keeps their case files; the next look tries again.
  const movable = [...away.keys()].filter((id) => !away.has(covers.get(id) ?? id));
  if (movable.length === 0) return 0;
  const files = await tx.db
    .selectFrom('caseFile')
    .where('closedAt', 'is', null)
    .where('ownerId', 'in', movable)
    .select(['id', 'customerId', 'ownerId'])
    .orderBy('id')
    .limit(AT_ONCE)
    .forUpdate()
    .skipLocked()
    .execute();
  for (const file of files) {
    const absence = away.get(file.ownerId);
    const ownerId = covers.get(file.ownerId);
    if (!absence || !ownerId) continue;
    await passTo(tx, system, {
      caseFileId: file.id,
      customerId: file.customerId,
      ownerId,
      reason: 'absence',
      absenceId: absence.id,
    });
    await noteToTell(tx, absence.id, file);
  }
  return files.length;
}

/** Each customer hears once of an absence, however many case files are open. True when this one has yet to hear. */
async function noteToTell(tx: Tx, absenceId: string, file: { id: string; customerId: string }): Promise<boolean> {
  const noted = await tx.db
    .insertInto('absenceNotice')
    .values({ absenceId, customerId: file.customerId, caseFileId: file.id })
    .onConflict((conflict) => conflict.doNothing())
    .returning('customerId')
    .executeTakeFirst();
  if (noted) await tx.enqueue('tell-absence', { absenceId, customerId: file.customerId });
  return noted !== undefined;
}

/**
 * Brings back, or on to whom an absence names that follows another directly. Customers hear of such an absence too: what
 * they were told of the first is no longer true.
 */
async function bringSomeBack(tx: Tx): Promise<number> {
  const roster = await readRoster(tx.db, tx.now);
  const covered = await coveredNow(tx).execute();
  let moved = 0;
  for (const file of covered) {
    if (moved === AT_ONCE) break;
    const locked = await tx.db
      .selectFrom('caseFile')
      .where('id', '=', file.id)
      .where('ownerId', '=', file.ownerId)
      .where('closedAt', 'is', null)
      .select('id')
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (!locked) continue;
    const { home, prolonged } = await homeOf(tx, roster, file);
    const moves = home !== undefined && home.ownerId !== file.ownerId;
    if (moves) await passTo(tx, system, { caseFileId: file.id, customerId: file.customerId, ...home });
    if (moves && home.reason === 'return')
      await tellReturn(tx, roster, { id: file.id, customerId: file.customerId, ownerId: home.ownerId });
    let noted = false;
    for (const absenceId of prolonged) noted = (await noteToTell(tx, absenceId, file)) || noted;
    if (moves || noted) moved += 1;
  }
  return moved;
}

/**
 * Open case files whose last owner answers in somebody's place. Sought among the passings-on of absences, which are few,
 * and not among all open case files.
 */
function coveredNow(tx: Tx) {
  return tx.db
    .selectFrom('ownership as last')
    .innerJoin('caseFile', 'caseFile.id', 'last.caseFileId')
    .innerJoin('customer', 'customer.id', 'caseFile.customerId')
    .where('last.reason', '=', 'absence')
    .where('caseFile.closedAt', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('ownership as later')
            .whereRef('later.caseFileId', '=', 'last.caseFileId')
            .where(sql<boolean>`(later.at, later.id) > (last.at, last.id)`),
        ),
      ),
    )
    .select(['caseFile.id', 'caseFile.customerId', 'caseFile.ownerId', 'customer.advisorId'])
    .orderBy('caseFile.id');
}
