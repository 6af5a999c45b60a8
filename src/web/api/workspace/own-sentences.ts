import { prepareGreeting, setGreeting } from '../../../desk/advisors/greeting.ts';
import { answerNotFound } from '../../problems.ts';
import { get, post, type Route, type WebContext } from '../../route.ts';
import { readFilled } from '../../ui/uploads.ts';
import { answer, refuse } from './answer.ts';
import { download } from './download.ts';
import { staffOf } from './me.ts';
import type { GreetingInfo } from './shapes.ts';

/** The voice of an advisor on their voicemail: theirs alone to hear here, to record and to remove. */
export const greetingRoutes: Route[] = [
  get('/api/v1/workspace/greetings', 'work on case files', listGreetings),
  get('/api/v1/workspace/greetings/:locale', 'work on case files', hearGreeting),
  post('/api/v1/workspace/greetings/:locale', 'work on case files', recordGreeting),
  post('/api/v1/workspace/greetings/:locale/remove', 'work on case files', removeGreeting),
];

async function listGreetings(c: WebContext): Promise<Response> {
  const advisorId = staffOf(c)?.advisorId;
  const rows = advisorId
    ? await c.var.house.db
        .selectFrom('greeting')
        .where('advisorId', '=', advisorId)
        .select(['locale', 'seconds', 'recordedAt'])
        .orderBy('locale', 'desc')
        .execute()
    : [];
  return answer<{ greetings: GreetingInfo[] }>(c, { greetings: rows });
}

async function hearGreeting(c: WebContext): Promise<Response> {
  const own = ownOf(c);
  const kept =
    own &&
    (await c.var.house.db
      .selectFrom('greeting')
      .innerJoin('blob', 'blob.sha256', 'greeting.sha256')
      .where('advisorId', '=', own.advisorId)
      .where('locale', '=', own.locale)
      .select('bytes')
      .executeTakeFirst());
  if (!kept) return answerNotFound(c);
  return download(c, { bytes: kept.bytes, filename: `${own.locale}.wav`, contentType: 'audio/wav' });
}

/** POST with a WAV file as a form. */
async function recordGreeting(c: WebContext): Promise<Response> {
  const own = ownOf(c);
  if (!own) return answerNotFound(c);
  const { files, tooLarge } = await readFilled(c);
  const [file] = files;
  if (tooLarge) return refuse(c, 'too_long');
  const greeting = file ? prepareGreeting(new Uint8Array(await file.arrayBuffer())) : 'no_sound';
  if (typeof greeting === 'string') return refuse(c, greeting);
  return set(c, { ...own, greeting });
}

async function removeGreeting(c: WebContext): Promise<Response> {
  const own = ownOf(c);
  return own ? set(c, { ...own, greeting: null }) : answerNotFound(c);
}

async function set(c: WebContext, wanted: Parameters<typeof setGreeting>[2]): Promise<Response> {
  const done = await c.var.house.transact((tx) => setGreeting(tx, c.var.actor, wanted));
  return done.ok ? c.body(null, 204) : answerNotFound(c);
}

function ownOf(c: WebContext): { advisorId: string; locale: 'fr' | 'en' } | undefined {
  const advisorId = staffOf(c)?.advisorId;
  const locale = c.req.param('locale');
  return advisorId && (locale === 'fr' || locale === 'en') ? { advisorId, locale } : undefined;
}
