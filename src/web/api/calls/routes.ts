import { z } from '@hono/zod-openapi';
import { normalisePhone } from '../../../core/identity/phone.ts';
import { beginCall } from '../../../desk/calls/begin.ts';
import { noteDecision } from '../../../desk/calls/note-decision.ts';
import { callIdOf, takeReport } from '../../../desk/calls/report.ts';
import { isCallSource, isSignedBySource } from '../../../desk/calls/sources.ts';
import { can } from '../../../desk/permissions.ts';
import { routeCall } from '../../../desk/views/call-route.ts';
import { explainIssues } from '../../explain-issues.ts';
import { answerNotFound, answerWrong } from '../../problems.ts';
import { get, post, type Route, type WebContext } from '../../route.ts';
import { answers } from '../shapes.ts';
import { uncheckedBody } from '../unchecked-body.ts';
import { journalInOurWords } from './journal.ts';
import { type AskedRing, inXml, jsonRing, phonesToRing, textRing } from './ring.ts';

const source = z.string().regex(/^[a-z0-9-]{1,40}$/);
const word = z.string().min(1).max(200);
const Asked = z.object({
  source,
  callId: word,
  from: z.string().max(100).default(''),
  context: z.string().max(100).default('public'),
});

/** A call comes in at another phone system: notes it, and answers whom to ring, in the form that system reads. */
async function ask(c: WebContext): Promise<Response> {
  const read = Asked.safeParse(namedOurWay({ ...c.req.query(), ...(await bodyOf(c)) }));
  if (!read.success) return answerWrong(c, explainIssues(read.error.issues));
  const { db, clock, transact } = c.var.house;
  const { callId, from } = read.data;
  if (!(await isCallSource(db, read.data.source))) return answerWrong(c, [{ field: 'source', says: 'noSuchSource' }]);
  const phone = normalisePhone(from);
  const route = await routeCall({ db, now: clock() }, phone);
  const ring: AskedRing = { route, phones: await phonesToRing(db, route), origin: c.var.house.config.origin };
  const call = {
    id: callIdOf(read.data.source, callId),
    at: clock(),
    fromPhone: phone ?? null,
    customerId: route.customer?.id ?? null,
    ringList: route.decision.attempts.map(({ advisorId }) => advisorId),
    source: read.data.source,
  };
  await transact(async (tx) => {
    await beginCall(tx, call);
    await noteDecision(tx, call.id, route);
  });
  const format = c.req.query('format');
  if (format === 'text') return c.text(textRing(ring));
  if (format === 'freeswitch')
    return c.body(inXml(ring, read.data.context), 200, { 'Content-Type': 'text/xml; charset=utf-8' });
  return c.json(jsonRing(ring));
}

const Report = z.object({
  id: word,
  callId: word,
  event: z.enum(['ringing', 'answered', 'ended', 'missed']),
  at: z.iso.datetime({ offset: true }).optional(),
  startedAt: z.iso.datetime({ offset: true }).optional(),
  answeredAt: z.iso.datetime({ offset: true }).optional(),
  direction: z.enum(['in', 'out']).default('in'),
  number: z.string().max(100).default(''),
  extension: z.string().max(100).default(''),
});

const Contacts = z.object({
  contacts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      reference: z.string(),
      number: z.string(),
      advisor: z.string(),
      url: z.string(),
    }),
  ),
});

/** For any other phone system: it asks whom to ring, reports what became of the call, and looks a caller up. */
export const phoneSystemRoutes: Route[] = [
  post('/api/v1/calls/ask', 'report calls', ask, {
    openapi: {
      summary: 'A call comes in at another phone system: whom to ring, in which order',
      description: 'With `?format=text` or `?format=freeswitch` the answer has the form those systems read.',
      tags: ['calls'],
      request: uncheckedBody(Asked),
      responses: answers(200, 'The phones to ring, one after the other, and who the caller is', z.looseObject({})),
    },
  }),
  post('/api/v1/calls/events', 'anyone', report, {
    openapi: {
      summary: 'What became of a call; taken once however often it is sent',
      description: 'Signed by its source (Visavis-Source, Visavis-Signature), or with a token.',
      tags: ['calls'],
      request: uncheckedBody(Report),
      responses: answers(200, 'Whether it was new', z.object({ new: z.boolean() })),
    },
  }),
  get('/api/v1/calls/caller', 'report calls', caller, {
    openapi: {
      summary: 'Who has this number: a name and the address of the file',
      description: 'The number is asked for as `?number=`.',
      tags: ['calls'],
      responses: answers(200, 'At most one contact', Contacts),
    },
  }),
];

/**
 * An event of a call. Signed by its source (Visavis-Source, Visavis-Signature), or sent with a token by systems that
 * cannot sign. 200 with `new: false` when it was taken before.
 */
async function report(c: WebContext): Promise<Response> {
  const text = await c.req.text();
  const from = c.req.header('visavis-source') ?? c.req.query('source') ?? '';
  if (!(await mayReport(c, from, text))) return answerNotFound(c);
  const read = Report.safeParse(journalInOurWords(parsedBody(c, text)));
  if (!read.success) return answerWrong(c, explainIssues(read.error.issues));
  const { number, extension, at, startedAt, answeredAt, ...rest } = read.data;
  const now = c.var.house.clock();
  const event = {
    ...rest,
    at: believable(at, now),
    startedAt: startedAt ? believable(startedAt, now) : undefined,
    answeredAt: answeredAt ? believable(answeredAt, now) : undefined,
    number: normalisePhone(number) ?? null,
    extension: (/^(\+|00)\d{8}/.test(extension) ? normalisePhone(extension) : extension) || null,
  };
  const fresh = await c.var.house.transact((tx) => takeReport(tx, from, event));
  return c.json({ new: fresh });
}

async function mayReport(c: WebContext, from: string, text: string): Promise<boolean> {
  const { db, clock, signingKey, olderKeys } = c.var.house;
  const keys = [signingKey, ...olderKeys];
  const signature = c.req.header('visavis-signature');
  if (signature !== undefined) return isSignedBySource({ db, now: clock(), keys }, from, signature, text);
  return c.var.actor.kind === 'integration' && can(c.var.actor, 'report calls') && (await isCallSource(db, from));
}

/** Clocks of phone systems drift, and some report hours later: anything within a day is believed, never the future. */
function believable(at: string | undefined, now: Date): Date {
  const said = at ? new Date(at).getTime() : now.getTime();
  return now.getTime() - said > 86_400_000 || said > now.getTime() ? now : new Date(said);
}

/** Who has this number, for phone systems that look contacts up: a name and the address of the file. */
async function caller(c: WebContext): Promise<Response> {
  const phone = normalisePhone(c.req.query('number') ?? '');
  const { db, clock, config } = c.var.house;
  const { customer, roster } = await routeCall({ db, now: clock() }, phone);
  if (!customer) return c.json({ contacts: [] });
  const advisor = roster.advisors.get(customer.advisorId);
  const url = `${config.origin}/workspace/customers/${customer.id}`;
  const { id, name, reference } = customer;
  return c.json({ contacts: [{ id, name, reference, number: phone, advisor: advisor?.name ?? '', url }] });
}

type Fields = Record<string, unknown>;

/** JSON, or a form as PBXs send them. */
async function bodyOf(c: WebContext): Promise<Fields> {
  return parsedBody(c, await c.req.text());
}

function parsedBody(c: WebContext, text: string): Fields {
  if (!c.req.header('content-type')?.includes('json')) return Object.fromEntries(new URLSearchParams(text));
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? (read as Fields) : {};
  } catch {
    return {};
  }
}

/** FreeSWITCH names these itself. */
function namedOurWay(fields: Fields): Fields {
  return {
    ...fields,
    callId: fields.callId ?? fields['Unique-ID'],
    from: fields.from ?? fields['Caller-Caller-ID-Number'],
    context: fields.context ?? fields['Hunt-Context'] ?? fields['Caller-Context'],
  };
}
