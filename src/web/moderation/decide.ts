import { answerComment } from '../../desk/comments/answer.ts';
import { askOperator } from '../../desk/comments/ask.ts';
import { chooseModeration, keepReported, moderate, type Verdict } from '../../desk/comments/moderate.ts';
import { can } from '../../desk/permissions.ts';
import { answerNotFound } from '../problems.ts';
import { reasonOf } from '../public/comments/reasons.ts';
import type { WebContext } from '../route.ts';
import { type Scene, setScene } from '../ui/page.tsx';
import { showQueue, viewOf } from './queue-page.tsx';
import { tellWriters } from './tell-writers.ts';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** POST /:locale/staff/moderation — one decision about everything that is ticked; or one comment passed on. */
export async function decide(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  const scene = await setScene(c);
  const body = await c.req.parseBody({ all: true });
  const text = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
  const view = viewOf(text('view'));
  const again = (problem: Record<string, string>) =>
    showQueue(c, scene, view, problem, { reason: text('reason'), words: text('words') });
  if (UUID.test(text('ask'))) {
    const received = await house.transact((tx) => askOperator(tx, actor, text('ask')));
    return back(c, scene, view, received ? 1 : 0);
  }
  const chosen = [body.chosen ?? []].flat().map(String);
  const ids = chosen.filter((value) => UUID.test(value));
  const likenesses = chosen
    .map((value) => value.replace(/^like:/, ''))
    .filter((value, index) => UUID.test(value) && chosen[index] !== value);
  if (ids.length + likenesses.length === 0) return again({ chosen: scene.say('moderationNothingTicked') });
  if (text('do') === 'keep') {
    await house.transact((tx) => keepReported(tx, actor, ids));
    return back(c, scene, view, ids.length);
  }
  const verdict = verdictOf(text('do'), text('reason'), text('words'));
  if (verdict === 'reason') return again({ reason: scene.say('moderationNeedsReason') });
  if (!verdict) return answerNotFound(c);
  const count = await house.transact(async (tx) => {
    const decided = await moderate(tx, actor, { ids, likenesses }, verdict);
    await tellWriters(tx, decided, verdict, scene.operator.name);
    return decided.length;
  });
  return back(c, scene, view, count);
}

function verdictOf(wanted: string, given: string, words: string): Verdict | 'reason' | undefined {
  if (wanted === 'publish' || wanted === 'restore') return { verdict: wanted };
  if (wanted !== 'refuse' && wanted !== 'hide') return undefined;
  const reason = reasonOf(given);
  return reason ? { verdict: wanted, reason, words: words.trim().slice(0, 1_000) } : 'reason';
}

function back(c: WebContext, { locale }: Scene, view: string, count: number): Response {
  return c.redirect(`/${locale}/staff/moderation?view=${view}&done=${count}`, 303);
}

/** POST /:locale/staff/moderation/answer — the operator's answer below a comment. */
export async function publishAnswer(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  const scene = await setScene(c);
  const body = await c.req.parseBody();
  const commentId = String(body.comment ?? '');
  const interactionId = String(body.interaction ?? '');
  const text = String(body[`text-${interactionId || commentId}`] ?? '')
    .replaceAll('\0', '')
    .replace(/\r\n?/g, '\n');
  if (!UUID.test(commentId) || (interactionId && !UUID.test(interactionId))) return answerNotFound(c);
  const answer = { commentId, text: text.slice(0, 5_000), interactionId: interactionId || null };
  const done = await house.transact((tx) => answerComment(tx, actor, answer));
  return back(c, scene, interactionId ? 'answers' : 'shown', done ? 1 : 0);
}

/** POST /:locale/staff/moderation/setting — before or after publication. */
export async function setModeration(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  const scene = await setScene(c);
  const when = (await c.req.parseBody()).when;
  if (!can(actor, 'run the installation') || (when !== 'before' && when !== 'after')) return answerNotFound(c);
  await house.transact((tx) => chooseModeration(tx, actor, when));
  return back(c, scene, 'setting', 1);
}
