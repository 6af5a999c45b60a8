import { z } from '@hono/zod-openapi';
import { endAbsenceEarly } from '../../../desk/absences/end-early.ts';
import { type AbsenceEntered, enterAbsence } from '../../../desk/absences/enter.ts';
import { absenceList } from '../../../desk/views/absence-list.ts';
import { awayNow } from '../../../desk/views/advisor-card.ts';
import { type Roster, readRoster } from '../../../desk/views/roster.ts';
import { answerNotFound } from '../../problems.ts';
import { get, post, type Route, type WebContext } from '../../route.ts';
import { answer, idOf, readBody, refuse } from './answer.ts';
import type { AbsenceInfo } from './shapes.ts';

export const absenceRoutes: Route[] = [
  get('/api/v1/workspace/absences', 'work on case files', readAbsences),
  post('/api/v1/workspace/absences', 'enter own absence', enter),
  post('/api/v1/workspace/absences/:id/end', 'enter own absence', end),
];

async function readAbsences(c: WebContext): Promise<Response> {
  const { db, clock } = c.var.house;
  const roster = await readRoster(db, clock());
  return answer<{ absences: AbsenceInfo[] }>(c, { absences: await absenceList(db, roster, clock()) });
}

const NewAbsence = z.strictObject({
  advisorId: z.uuid(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  coverId: z.uuid().nullable(),
  handover: z.string().max(20_000),
});

async function enter(c: WebContext): Promise<Response> {
  const read = await readBody(c, NewAbsence);
  if ('wrong' in read) return read.wrong;
  const { house, actor } = c.var;
  const { advisorId, coverId, handover } = read.body;
  const startsAt = new Date(read.body.startsAt);
  const endsAt = new Date(read.body.endsAt);
  const entered = await house.transact((tx) =>
    enterAbsence(tx, actor, { advisorId, startsAt, endsAt, coverAdvisorId: coverId ?? undefined, handover }),
  );
  const roster = await readRoster(house.db, house.clock());
  if (!entered.ok) return refuse(c, entered.why, aboutOf(roster, entered));
  const answers = awayNow(roster, advisorId, startsAt)?.cover.id ?? coverId ?? '';
  return answer<{ answers: string }>(c, { answers: roster.advisors.get(answers)?.fullName ?? '' });
}

/** What the sentence of a refusal needs: whose absence, and the first moment nobody would be there. */
function aboutOf(roster: Roster, refused: Extract<AbsenceEntered, { ok: false }>): Record<string, string> {
  const name = (id: string | undefined) => (id ? (roster.advisors.get(id)?.fullName ?? '') : '');
  if (refused.why === 'circle') return { name: name(refused.advisorIds.at(-1)) };
  if (refused.why !== 'nobody_present') return {};
  return { name: name(refused.forAdvisorId), at: refused.spans[0]?.from.toISOString() ?? '' };
}

async function end(c: WebContext): Promise<Response> {
  const id = idOf(c);
  if (!id) return answerNotFound(c);
  const { house, actor } = c.var;
  const ended = await house.transact((tx) => endAbsenceEarly(tx, actor, { id }));
  if (ended.ok) return c.body(null, 204);
  return ended.why === 'over_already' ? refuse(c, ended.why) : answerNotFound(c);
}
