import { hearOffer } from '../../../desk/advisors/hear-offer.ts';
import { prepareSentence, type SetSentence, setSentence } from '../../../desk/advisors/own-sentence.ts';
import { readRoster } from '../../../desk/views/roster.ts';
import { STANDARD_VOICE } from '../../../platform/speak.ts';
import { answerNotFound } from '../../problems.ts';
import { get, post, type Route, type WebContext } from '../../route.ts';
import { readFilled } from '../../ui/uploads.ts';
import { answer, refuse } from './answer.ts';
import { download } from './download.ts';
import { staffOf } from './me.ts';
import type { OwnSentenceInfo } from './shapes.ts';

/** What an advisor recorded in their own voice: theirs alone to hear here, to record and to remove. */
export const ownSentenceRoutes: Route[] = [
  get('/api/v1/workspace/own-sentences', 'work on case files', listSentences),
  get('/api/v1/workspace/own-sentences/offer/:locale', 'work on case files', hearWholeOffer),
  get('/api/v1/workspace/own-sentences/:kind/:locale', 'work on case files', hearSentence),
  post('/api/v1/workspace/own-sentences/:kind/:locale', 'work on case files', recordSentence),
  post('/api/v1/workspace/own-sentences/:kind/:locale/remove', 'work on case files', removeSentence),
];

async function listSentences(c: WebContext): Promise<Response> {
  const advisorId = staffOf(c)?.advisorId;
  const rows = advisorId
    ? await c.var.house.db
        .selectFrom('ownSentence')
        .where('advisorId', '=', advisorId)
        .select(['kind', 'locale', 'ms', 'recordedAt'])
        .execute()
    : [];
  return answer<{ sentences: OwnSentenceInfo[] }>(c, { sentences: rows });
}

async function hearSentence(c: WebContext): Promise<Response> {
  const own = ownOf(c);
  const kept =
    own &&
    (await c.var.house.db
      .selectFrom('ownSentence')
      .innerJoin('blob', 'blob.sha256', 'ownSentence.sha256')
      .where('advisorId', '=', own.advisorId)
      .where('kind', '=', own.kind)
      .where('locale', '=', own.locale)
      .select('bytes')
      .executeTakeFirst());
  if (!kept) return answerNotFound(c);
  return sound(c, `${own.kind}-${own.locale}.wav`, kept.bytes);
}

/** What a caller hears while this advisor is on a call, with an example of a time. */
async function hearWholeOffer(c: WebContext): Promise<Response> {
  const { db, clock, config } = c.var.house;
  const advisorId = staffOf(c)?.advisorId;
  const locale = localeOf(c);
  const advisor = advisorId && (await readRoster(db, clock())).advisors.get(advisorId);
  if (!advisor || !locale) return answerNotFound(c);
  const voice = config.telephony?.voice ?? STANDARD_VOICE;
  const offer = await hearOffer(db, voice, { advisorId, name: advisor.name, locale });
  return offer ? sound(c, `offer-${locale}.wav`, Buffer.from(offer)) : refuse(c, 'voice_silent');
}

const sound = (c: WebContext, filename: string, bytes: Buffer) =>
  download(c, { bytes, filename, contentType: 'audio/wav' });

/** POST with a WAV file as a form. */
async function recordSentence(c: WebContext): Promise<Response> {
  const own = ownOf(c);
  if (!own) return answerNotFound(c);
  const { files, tooLarge } = await readFilled(c);
  const [file] = files;
  if (tooLarge) return refuse(c, 'sound_too_large');
  const sentence = file ? prepareSentence(own.kind, new Uint8Array(await file.arrayBuffer())) : 'no_sound';
  if (typeof sentence === 'string') return refuse(c, sentence);
  return set(c, { ...own, sentence });
}

async function removeSentence(c: WebContext): Promise<Response> {
  const own = ownOf(c);
  return own ? set(c, { ...own, sentence: null }) : answerNotFound(c);
}

async function set(c: WebContext, wanted: SetSentence): Promise<Response> {
  const done = await c.var.house.transact((tx) => setSentence(tx, c.var.actor, wanted));
  if (done.ok) return c.body(null, 204);
  return done.why === 'not_own' ? answerNotFound(c) : refuse(c, done.why, { ms: String(done.ms) });
}

function ownOf(c: WebContext): Omit<SetSentence, 'sentence'> | undefined {
  const advisorId = staffOf(c)?.advisorId;
  const locale = localeOf(c);
  const kind = (['greeting', 'opening', 'ending'] as const).find((each) => each === c.req.param('kind'));
  return advisorId && locale && kind ? { advisorId, kind, locale } : undefined;
}

function localeOf(c: WebContext): 'fr' | 'en' | undefined {
  const locale = c.req.param('locale');
  return locale === 'fr' || locale === 'en' ? locale : undefined;
}
