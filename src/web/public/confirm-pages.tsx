import { dueTime } from '../../core/text/dates.ts';
import { spacedPhone } from '../../core/text/phone.ts';
import { findConfirmedMessage } from '../../desk/interactions/confirmed-message.ts';
import type { Received } from '../../desk/interactions/incoming.ts';
import { confirmPendingMessage, readPendingMessage } from '../../desk/interactions/pending-messages.ts';
import { readAdvisorCard } from '../../desk/views/advisor-card.ts';
import type { WebContext } from '../route.ts';
import { networkOf } from '../session/network.ts';
import { mayTry } from '../session/rate-limits.ts';
import { facingOf } from '../ui/facing.ts';
import { type Scene, setScene, showPage } from '../ui/page.tsx';
import { speak } from '../ui/words/words.ts';
import { subjectOf } from './write-pages.tsx';

/**
 * GET /:locale/confirm/:token — what was written, and a button; afterwards who has it, and by when they answer. Opening it
 * sends nothing, however often.
 */
export async function showConfirm(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const scene = await setScene(c);
  const message = await readPendingMessage(house.db, house.clock(), c.req.param('token') ?? '');
  if (message === 'used') return showUsed(c, scene);
  if (!message) return showGone(c, scene, false);
  const card = await readAdvisorCard(house.db, scene.now, message.advisorId);
  const title = scene.say('confirmTitle', { name: card?.name ?? scene.operator.name });
  return showPage(c, scene, {
    title,
    facing: card ? facingOf(card, scene) : null,
    body: (
      <>
        <h1>{title}</h1>
        <p class="lead">{scene.say('confirmRead')}</p>
        <blockquote class="said">{message.text}</blockquote>
        <form novalidate method="post">
          <button type="submit">{scene.say('confirmButton')}</button>
        </form>
      </>
    ),
  });
}

/** POST — the message is in; the same address now says who has it. */
export async function confirm(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const scene = await setScene(c);
  if (!(await mayTry(house, 'use a link, by network', networkOf(c, house.config.trustedProxies))))
    return showGone(c, scene, false);
  const token = c.req.param('token') ?? '';
  const received = await house.transact((tx) =>
    confirmPendingMessage(tx, c.var.actor, token, (place, locale) => subjectOf(speak(locale), place)),
  );
  return received ? c.redirect(`/${scene.locale}/confirm/${token}`, 303) : showGone(c, scene, false);
}

async function showUsed(c: WebContext, scene: Scene): Promise<Response> {
  const received = await findConfirmedMessage(c.var.house.db, scene.now, c.req.param('token') ?? '');
  return received ? showReceived(c, scene, received) : showGone(c, scene, true);
}

async function showReceived(c: WebContext, scene: Scene, received: Received): Promise<Response> {
  const { say, now, style, operator, locale } = scene;
  const [person, dueAt] =
    received.kind === 'interaction'
      ? [received.advisor, received.commitment.dueAt]
      : [received.dutyOwner, received.dueAt];
  const card = await readAdvisorCard(c.var.house.db, now, person.id);
  const title = say('receivedTitle', { name: person.name });
  return showPage(c, scene, {
    title,
    facing: card ? facingOf(card, scene) : null,
    body: (
      <>
        <h1>{title}</h1>
        <p class="lead">
          {say(received.kind === 'interaction' ? 'receivedDue' : 'receivedTray', {
            name: person.name,
            due: dueTime(dueAt, now, style),
          })}
        </p>
        <p>{say('receivedNext', { phone: spacedPhone(operator.phone) })}</p>
        <p>
          <a href={`/${locale}/my`}>{say('homeMyLink')}</a>
        </p>
      </>
    ),
  });
}

function showGone(c: WebContext, scene: Scene, used: boolean): Promise<Response> {
  const { say, operator, locale } = scene;
  return showPage(c, scene, {
    title: say('confirmGoneTitle'),
    status: used ? 200 : 410,
    body: (
      <>
        <h1>{say('confirmGoneTitle')}</h1>
        <p class="lead">{say(used ? 'confirmUsed' : 'confirmGone', { phone: spacedPhone(operator.phone) })}</p>
        <p>
          <a href={`/${locale}/contact`}>{say('footerFind')}</a>
        </p>
      </>
    ),
  });
}
