import { spacedPhone } from '../../core/text/phone.ts';
import type { WebContext } from '../route.ts';
import { atLeast } from '../session/at-least.ts';
import { networkOf } from '../session/network.ts';
import { mayTry } from '../session/rate-limits.ts';
import { ErrorSummary, Input, type Problems } from '../ui/fields.tsx';
import { type Page, type Scene, setScene, showPage } from '../ui/page.tsx';
import { sendCardTo } from './card-mail.ts';

const ANSWER_AFTER_MS = 400;
const MOST_REFERENCE = 60;

/** GET /:locale/card — one question: what stands on your bill? */
export async function askCard(c: WebContext): Promise<Response> {
  return showAsk(c, await setScene(c), '', {});
}

/** POST — the same answer, after the same time, whether or not the number is known: a stranger learns nothing. */
export async function sendCard(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const scene = await setScene(c);
  const { reference } = await c.req.parseBody();
  const typed = typeof reference === 'string' ? reference.replaceAll('\0', '').slice(0, MOST_REFERENCE).trim() : '';
  if (!typed) return showAsk(c, scene, '', { reference: scene.say('cardEmpty') });
  const phone = spacedPhone(scene.operator.phone);
  if (!(await mayTry(house, 'ask for a card, by network', networkOf(c, house.config.trustedProxies))))
    return showAsk(c, scene, typed, { reference: scene.say('tooOften', { phone }) }, 429);
  const mayByReference = await mayTry(house, 'ask for a card, by reference', typed.toUpperCase().replace(/\W/g, ''));
  const work = mayByReference
    ? house.transact((tx) => sendCardTo(tx, c.var.actor, scene.operator, typed))
    : Promise.resolve();
  await atLeast(ANSWER_AFTER_MS, work);
  return c.redirect(`/${scene.locale}/card/sent`, 303);
}

/** GET /:locale/card/sent — where everybody is led who asked; loading it again sends nothing. */
export async function showCardSent(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  return showPage(c, scene, { title: scene.say('cardDoneTitle'), body: <Done {...scene} /> });
}

function showAsk(
  c: WebContext,
  scene: Scene,
  typed: string,
  problems: Problems,
  status: Page['status'] = 422,
): Promise<Response> {
  const { say, locale } = scene;
  const failed = Object.keys(problems).length > 0;
  return showPage(c, scene, {
    title: say('cardTitle'),
    failed,
    status: failed ? status : 200,
    hidden: false,
    body: (
      <>
        <ErrorSummary problems={problems} locale={locale} />
        <h1>{say('cardTitle')}</h1>
        <p class="lead">{say('cardLead')}</p>
        <form novalidate method="post" action={`/${locale}/card`}>
          <Input
            name="reference"
            label={say('cardLabel')}
            hint={say('cardHint')}
            value={typed}
            problems={problems}
            locale={locale}
          />
          <button type="submit">{say('cardSend')}</button>
        </form>
      </>
    ),
  });
}

function Done({ say, operator, locale }: Scene) {
  return (
    <>
      <h1>{say('cardDoneTitle')}</h1>
      <p class="lead">{say('cardDone')}</p>
      <p>{say('cardDoneNext', { phone: spacedPhone(operator.phone) })}</p>
      <p>
        <a href={`/${locale}`}>{say('toHome')}</a>
      </p>
    </>
  );
}
