import { type Letter, lettersAtOnce, noteLettersSent, readLetters } from '../../desk/caseloads/letters.ts';
import { readPlan } from '../../desk/views/caseload-plans.ts';
import { idOf } from '../administration/form-page.tsx';
import { answerNotFound } from '../problems.ts';
import type { WebContext } from '../route.ts';
import { showStaffPage } from '../staff/frame.tsx';
import { type Scene, setScene } from '../ui/page.tsx';

/** GET /:locale/staff/caseloads/:id/letters — what neither mail nor SMS could say, a letter a printed page. */
export async function showLetters(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const scene = await setScene(c);
  const { say, locale, now } = scene;
  const plan = await readPlan(house.db, idOf(c) ?? '');
  if (!plan) return answerNotFound(c);
  const letters = await readLetters(house.db, now, plan.id);
  return showStaffPage(c, scene, {
    title: say('lettersTitle'),
    body: (
      <>
        <p class="over no-print">
          <a href={`/${locale}/staff/caseloads/${plan.id}`}>{say('loadsTitle')}</a>
        </p>
        <p class="lead no-print">{say(letters.length > 0 ? 'lettersLead' : 'lettersNone')}</p>
        {letters.length === lettersAtOnce ? (
          <p class="no-print">{say('lettersFirst', { count: lettersAtOnce })}</p>
        ) : null}
        {letters.map((letter) => (
          <PrintedLetter key={letter.customerId} scene={scene} letter={letter} />
        ))}
        {letters.length > 0 ? (
          <form novalidate method="post" action={`/${locale}/staff/caseloads/${plan.id}/letters`}>
            <input type="hidden" name="customers" value={letters.map(({ customerId }) => customerId).join(' ')} />
            <button type="submit">{say('lettersSent')}</button>
          </form>
        ) : null}
      </>
    ),
  });
}

/** POST — exactly the letters that were shown have left. */
export async function postLetters(c: WebContext): Promise<Response> {
  const planId = idOf(c);
  if (!planId) return answerNotFound(c);
  const body = await c.req.parseBody();
  const customerIds = String(body.customers ?? '').match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
  await c.var.house.transact((tx) => noteLettersSent(tx, c.var.actor, { planId, customerIds }));
  return c.redirect(`/${c.req.param('locale')}/staff/caseloads/${planId}/letters`, 303);
}

function PrintedLetter({ scene: { say, operator }, letter }: { scene: Scene; letter: Letter }) {
  return (
    <article class="letter" lang={letter.locale}>
      <p>
        {operator.name}
        {`\n${letter.writtenOn}`}
      </p>
      <address>
        {letter.name}
        {letter.address.map((line) => `\n${line}`).join('')}
      </address>
      {letter.address.length === 0 ? <p class="late no-print">{say('lettersNoAddress')}</p> : null}
      <h2>{letter.subject}</h2>
      {letter.text
        .split(/\n{2,}/)
        .filter(Boolean)
        .map((paragraph) => (
          <p key={paragraph}>{paragraph.trim()}</p>
        ))}
    </article>
  );
}
