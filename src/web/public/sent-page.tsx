import { dueTime } from '../../core/text/dates.ts';
import { spacedPhone } from '../../core/text/phone.ts';
import type { House } from '../../desk/house.ts';
import { pendingDays } from '../../desk/interactions/pending-messages.ts';
import { readAdvisorCard } from '../../desk/views/advisor-card.ts';
import { answerNotFound } from '../problems.ts';
import type { WebContext } from '../route.ts';
import { facingOf } from '../ui/facing.ts';
import { type Scene, setScene, showPage } from '../ui/page.tsx';
import { openNote, READ_FOR_MS, sealNote } from '../ui/sealed-note.ts';

/** What whoever wrote is told: a link went to their mail, or they are called at this number by then. */
export type Sent = { mail: string } | { phone: string; due: number };

const about = (advisorId: string) => `sent ${advisorId}`;

/** The address of the page that says what becomes of a message. Mail and number are sealed in it. */
export function sentPath(house: House, locale: string, advisorId: string, sent: Sent): string {
  return `/${locale}/contact/${advisorId}/sent/${sealNote(house, about(advisorId), sent)}`;
}

/** GET /:locale/contact/:advisorId/sent/:note — after the form was sent; loading it again sends nothing. */
export async function showSent(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const scene = await setScene(c);
  const card = await readAdvisorCard(house.db, scene.now, c.req.param('advisorId') ?? '');
  if (!card) return answerNotFound(c);
  const sent = openNote(house, about(card.id), c.req.param('note') ?? '', READ_FOR_MS) as Sent | undefined;
  if (!sent) return showTooOld(c, scene);
  return showPage(c, scene, {
    title: scene.say('mail' in sent ? 'confirmSentTitle' : 'calledTitle'),
    facing: facingOf(card, scene),
    body:
      'mail' in sent ? (
        <ConfirmSent scene={scene} name={card.name} mail={sent.mail} />
      ) : (
        <Called scene={scene} name={card.name} phone={sent.phone} due={new Date(sent.due)} />
      ),
  });
}

function showTooOld(c: WebContext, scene: Scene): Promise<Response> {
  const { say, operator, locale } = scene;
  return showPage(c, scene, {
    title: say('sentOldTitle'),
    status: 410,
    body: (
      <>
        <h1>{say('sentOldTitle')}</h1>
        <p class="lead">{say('sentOld', { phone: spacedPhone(operator.phone) })}</p>
        <p>
          <a href={`/${locale}/contact`}>{say('footerFind')}</a>
        </p>
      </>
    ),
  });
}

function ConfirmSent({ scene, name, mail }: { scene: Scene; name: string; mail: string }) {
  const { say, operator } = scene;
  return (
    <>
      <h1>{say('confirmSentTitle')}</h1>
      <p class="lead">{say('confirmSent', { mail, name })}</p>
      <p>{say('confirmSentWhy', { days: pendingDays, phone: spacedPhone(operator.phone) })}</p>
    </>
  );
}

function Called({ scene, name, phone, due }: { scene: Scene; name: string; phone: string; due: Date }) {
  const { say, now, style, operator } = scene;
  return (
    <>
      <h1>{say('calledTitle')}</h1>
      <p class="lead">{say('calledDue', { name, number: spacedPhone(phone), due: dueTime(due, now, style) })}</p>
      <p>{say('receivedNext', { phone: spacedPhone(operator.phone) })}</p>
    </>
  );
}
