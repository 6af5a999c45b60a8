import { addWorkingMinutes, nextOpening } from '../../../core/calendar/calendar.ts';
import { draftFiles } from '../../../desk/drafts/draft-files.ts';
import { colleagues } from '../../../desk/views/colleagues.ts';
import { leadOnDuty } from '../../../desk/views/cover.ts';
import { customerCaseFiles } from '../../../desk/views/customer-case-files.ts';
import { customerEntries } from '../../../desk/views/customer-entries.ts';
import { customerHead } from '../../../desk/views/customer-head.ts';
import { heldActionsAt } from '../../../desk/views/held-actions.ts';
import { readRoster } from '../../../desk/views/roster.ts';
import { answerNotFound } from '../../problems.ts';
import { get, type Route, type WebContext } from '../../route.ts';
import { keepLook } from '../keep-look.ts';
import { answer, idOf } from './answer.ts';
import { staffOf } from './me.ts';
import type { Colleague, CustomerPage } from './shapes.ts';

export const customerRoutes: Route[] = [
  get('/api/v1/workspace/customers/:id', 'read customers', readCustomer),
  get('/api/v1/workspace/colleagues', 'work on case files', readColleagues),
  get('/api/v1/workspace/promise-times', 'work on case files', readPromiseTimes),
];

async function readCustomer(c: WebContext): Promise<Response> {
  const id = idOf(c);
  const actor = staffOf(c);
  if (!id || !actor) return answerNotFound(c);
  const { db, clock } = c.var.house;
  const now = clock();
  const customer = await customerHead(db, now, id);
  if (!customer) return answerNotFound(c);
  const cursor = c.req.query('cursor');
  const roster = await readRoster(db, now);
  const [caseFiles, page, held, drafts, files] = await Promise.all([
    customerCaseFiles(db, roster, id, now),
    customerEntries(db, roster, id, cursor),
    heldActionsAt(db, id),
    db
      .selectFrom('draft')
      .where('customerId', '=', id)
      .where('staffId', '=', actor.staffId)
      .select(['caseFileId', 'kind', 'text'])
      .execute(),
    draftFiles(db, actor.staffId, { customerId: id }),
  ]);
  await keepLook(c, id);
  return answer<CustomerPage>(c, { customer, caseFiles, ...page, held, drafts, draftFiles: files });
}

async function readColleagues(c: WebContext): Promise<Response> {
  const { db, clock } = c.var.house;
  const roster = await readRoster(db, clock());
  const list = await colleagues(db, roster, staffOf(c)?.advisorId ?? null, clock());
  return answer<{ colleagues: Colleague[] }>(c, { colleagues: list });
}

/** Times to promise something by, all in working time: within the hour, this half day, tomorrow, in two days. */
async function readPromiseTimes(c: WebContext): Promise<Response> {
  const { db, clock } = c.var.house;
  const roster = await readRoster(db, clock());
  const advisor = roster.advisors.get(staffOf(c)?.advisorId ?? leadOnDuty(roster, clock().getTime()));
  if (!advisor) return answerNotFound(c);
  const now = nextOpening(advisor.calendar, clock().getTime());
  const times = [60, 180, 480, 960, 2400].map((minutes) => quarter(addWorkingMinutes(advisor.calendar, now, minutes)));
  return answer<{ times: string[] }>(c, { times: [...new Set(times)].map((at) => new Date(at)) });
}

/** Times are told to people: on the quarter of the hour, rounded up. */
function quarter(at: number): number {
  return Math.ceil(at / 900_000) * 900_000;
}
