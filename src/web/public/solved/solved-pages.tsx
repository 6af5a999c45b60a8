import { dueTime } from '../../../core/text/dates.ts';
import { spacedPhone } from '../../../core/text/phone.ts';
import { type AskedQuestion, answerQuestion, readQuestion } from '../../../desk/casefiles/answer-solved.ts';
import type { Received } from '../../../desk/interactions/incoming.ts';
import { readLink } from '../../../desk/signed-link.ts';
import { readAdvisorCard } from '../../../desk/views/advisor-card.ts';
import type { WebContext } from '../../route.ts';
import { networkOf } from '../../session/network.ts';
import { mayTry } from '../../session/rate-limits.ts';
import { facingOf } from '../../ui/facing.ts';
import { TextArea } from '../../ui/fields.tsx';
import { type Scene, setScene, showPage } from '../../ui/page.tsx';
import { speak } from '../../ui/words/words.ts';

const MOST_WORDS = 5_000;

/** GET /:locale/solved/:token — "is it solved?" with two buttons. Opening it answers nothing, however often. */
export async function showSolved(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const question = await findQuestion(c, scene);
  return question ? showQuestion(c, scene, question) : showGone(c, scene);
}

/** POST — the press. A no opens the matter again, and says who answers by when. */
export async function pressSolved(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  const scene = await setScene(c);
  if (!(await mayTry(house, 'use a link, by network', networkOf(c, house.config.trustedProxies))))
    return showGone(c, scene);
  const question = await findQuestion(c, scene);
  if (!question) return showGone(c, scene);
  const form = await c.req.parseBody();
  const words = String(form.words ?? '')
    .replaceAll('\0', '')
    .replace(/\r\n?/g, '\n')
    .trim()
    .slice(0, MOST_WORDS);
  const answer = form.solved === 'yes' ? 'yes' : form.solved === 'no' ? 'no' : undefined;
  if (!answer) return showQuestion(c, scene, question);
  // What the staff reads is in the operator's language, unless the customer wrote it.
  const text = words || speak(scene.operator.locale)('solvedLinkNoText');
  const answered = await house.transact((tx) => answerQuestion(tx, actor, { question, answer, text }));
  return showThanks(c, scene, question, answered.answer === 'no' ? answered.received : undefined);
}

async function findQuestion(c: WebContext, { now }: Scene): Promise<AskedQuestion | undefined> {
  const { house } = c.var;
  const id = readLink(house, 'solved', c.req.param('token') ?? '');
  return id ? readQuestion(house.db, now, id) : undefined;
}

async function showQuestion(c: WebContext, scene: Scene, question: AskedQuestion): Promise<Response> {
  const { say, locale } = scene;
  const card = await readAdvisorCard(c.var.house.db, scene.now, question.ownerId);
  return showPage(c, scene, {
    title: say('solvedQuestion'),
    facing: card ? facingOf(card, scene) : null,
    body: (
      <>
        <h1>{say('solvedQuestion')}</h1>
        <p class="lead">
          <bdi>{question.subject}</bdi>
        </p>
        {question.closingWords ? (
          <blockquote class="said words" dir="auto">
            {question.closingWords}
          </blockquote>
        ) : null}
        {question.answer ? (
          <p class="done">{say(question.answer === 'yes' ? 'solvedLinkWasYes' : 'solvedLinkWasNo')}</p>
        ) : null}
        {question.answer === 'no' ? null : (
          <form novalidate method="post">
            {question.answer ? null : (
              <p class="buttons">
                <button type="submit" name="solved" value="yes">
                  {say('solvedYes')}
                </button>
              </p>
            )}
            <TextArea name="words" locale={locale} label={say('solvedLinkWords')} optional />
            <p class="buttons">
              <button type="submit" name="solved" value="no" class="quiet">
                {say('solvedNo')}
              </button>
            </p>
          </form>
        )}
      </>
    ),
  });
}

async function showThanks(c: WebContext, scene: Scene, question: AskedQuestion, received: Received | undefined) {
  const { say, now, style, locale } = scene;
  const reopened = received?.kind === 'interaction' ? received : undefined;
  const card = await readAdvisorCard(c.var.house.db, now, reopened?.advisor.id ?? question.ownerId);
  const title = say(reopened ? 'solvedLinkNoTitle' : 'solvedLinkYesTitle');
  return showPage(c, scene, {
    title,
    facing: card ? facingOf(card, scene) : null,
    body: (
      <>
        <h1>{title}</h1>
        {reopened ? (
          <p class="lead">
            {say('receivedDue', { name: reopened.advisor.name, due: dueTime(reopened.commitment.dueAt, now, style) })}
          </p>
        ) : (
          <p class="lead">{say('solvedLinkYes')}</p>
        )}
        <p>
          <a href={`/${locale}/my`}>{say('homeMyLink')}</a>
        </p>
      </>
    ),
  });
}

function showGone(c: WebContext, scene: Scene): Promise<Response> {
  const { say, operator, locale } = scene;
  return showPage(c, scene, {
    title: say('solvedGoneTitle'),
    status: 410,
    body: (
      <>
        <h1>{say('solvedGoneTitle')}</h1>
        <p class="lead">{say('solvedGone', { phone: spacedPhone(operator.phone) })}</p>
        <p>
          <a href={`/${locale}/contact`}>{say('footerFind')}</a>
        </p>
      </>
    ),
  });
}
