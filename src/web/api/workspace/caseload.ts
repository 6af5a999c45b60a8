import { sql } from 'kysely';
import { caseload } from '../../../desk/views/caseload.ts';
import { heldActionsOf } from '../../../desk/views/held-actions.ts';
import { readRoster } from '../../../desk/views/roster.ts';
import { answerNotFound } from '../../problems.ts';
import { get, type Route, type WebContext } from '../../route.ts';
import { answer } from './answer.ts';
import { staffOf } from './me.ts';
import type { Caseload } from './shapes.ts';

export const caseloadRoutes: Route[] = [get('/api/v1/workspace/caseload', 'work on case files', readCaseload)];

async function readCaseload(c: WebContext): Promise<Response> {
  const actor = staffOf(c);
  if (!actor) return answerNotFound(c);
  const { db, clock } = c.var.house;
  const { advisorId } = actor;
  const roster = await readRoster(db, clock());
  const [items, customers, held] = await Promise.all([
    advisorId ? caseload(db, roster, advisorId, clock()) : [],
    advisorId ? countCustomers(c, advisorId) : 0,
    heldActionsOf(db, actor.staffId),
  ]);
  return answer<Caseload>(c, {
    items,
    customers,
    held: held.filter((each) => each.refusal === null),
    refused: held.filter((each) => each.refusal !== null),
  });
}

async function countCustomers(c: WebContext, advisorId: string): Promise<number> {
  const row = await c.var.house.db
    .selectFrom('customer')
    .where('advisorId', '=', advisorId)
    .where('erasedAt', 'is', null)
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}
