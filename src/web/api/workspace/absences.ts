import { absenceList } from '../../../desk/views/absence-list.ts';
import { readRoster } from '../../../desk/views/roster.ts';
import { get, type Route, type WebContext } from '../../route.ts';
import { answer } from './answer.ts';
import type { AbsenceInfo } from './shapes.ts';

export const absenceRoutes: Route[] = [get('/api/v1/workspace/absences', 'work on case files', readAbsences)];

async function readAbsences(c: WebContext): Promise<Response> {
  const { db, clock } = c.var.house;
  const roster = await readRoster(db, clock());
  return answer<{ absences: AbsenceInfo[] }>(c, { absences: await absenceList(db, roster, clock()) });
}
