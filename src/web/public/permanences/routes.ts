import type { PermanencesAsked } from '../../../desk/views/permanences.ts';
import { comingPermanences } from '../../../desk/views/permanences.ts';
import { answerNotFound } from '../../problems.ts';
import { get, LOCALE, type Route, type WebContext } from '../../route.ts';
import { setScene } from '../../ui/page.tsx';
import { quick } from '../../ui/quick.ts';
import { calendarOf } from './calendar.ts';

const FILE = 'permanences.ics';

/** Calendars to subscribe to: who sits in which town hall when, by person, by office and by commune. */
export const permanenceRoutes: readonly Route[] = [
  get(`${LOCALE}/contact/:advisorId/${FILE}`, 'anyone', quick(sendOfAdvisor)),
  get(`${LOCALE}/offices/:officeId/${FILE}`, 'anyone', quick(sendOfOffice)),
  get(`${LOCALE}/communes/:insee/${FILE}`, 'anyone', quick(sendOfCommune)),
];

async function sendOfAdvisor(c: WebContext): Promise<Response> {
  const row = await named(c, 'advisorId', (id) =>
    c.var.house.db
      .selectFrom('advisor')
      .innerJoin('pod', 'pod.id', 'advisor.podId')
      .innerJoin('office', 'office.id', 'pod.officeId')
      .where('advisor.id', '=', id)
      .where('leftAt', 'is', null)
      .select('office.name')
      .executeTakeFirst(),
  );
  return row ? send(c, row.name, { advisorId: c.req.param('advisorId') ?? '' }) : answerNotFound(c);
}

async function sendOfOffice(c: WebContext): Promise<Response> {
  const row = await named(c, 'officeId', (id) =>
    c.var.house.db.selectFrom('office').where('id', '=', id).select('name').executeTakeFirst(),
  );
  return row ? send(c, row.name, { officeId: c.req.param('officeId') ?? '' }) : answerNotFound(c);
}

async function sendOfCommune(c: WebContext): Promise<Response> {
  const insee = c.req.param('insee') ?? '';
  const row = await c.var.house.db.selectFrom('commune').where('insee', '=', insee).select('name').executeTakeFirst();
  return row ? send(c, row.name, { communeInsee: insee }) : answerNotFound(c);
}

async function named<Row>(
  c: WebContext,
  parameter: string,
  find: (id: string) => Promise<Row | undefined>,
): Promise<Row | undefined> {
  const id = c.req.param(parameter) ?? '';
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? find(id) : undefined;
}

async function send(c: WebContext, place: string, asked: PermanencesAsked): Promise<Response> {
  const { db, config } = c.var.house;
  const { say, operator, now } = await setScene(c);
  const text = calendarOf(await comingPermanences(db, now, asked), {
    name: say('permanencesOf', { place, operator: operator.name }),
    domain: new URL(config.origin).hostname,
    timeZone: operator.timeZone,
    titleOf: ({ advisor, commune }) => say('permanenceTitle', { name: advisor.name, place: commune.name }),
  });
  return c.body(text, 200, {
    'Content-Type': 'text/calendar; charset=utf-8',
    'Content-Disposition': `inline; filename="${FILE}"`,
    'Cache-Control': 'public, max-age=60',
  });
}
