import { spacedPhone } from '../../core/text/phone.ts';
import type { Locale } from '../../core/text/typeset.ts';
import type { WebContext } from '../route.ts';
import { PhoneLink } from './layout.tsx';
import { lastOperator, readOperator } from './operator.ts';
import { type Scene, sceneOf, showPage } from './page.tsx';
import { preferredLanguage } from './preferred-language.ts';
import type { WordKey } from './words/words.ts';

/** Whether whoever asks wants a page to read, not data. */
export function wantsPage(c: WebContext): boolean {
  return !c.req.path.startsWith('/api/') && (c.req.header('accept') ?? '').includes('text/html');
}

/** Nothing is here, or it is not for this person: the same page for both, with what they typed, if they did. */
export async function showNotFound(c: WebContext): Promise<Response> {
  const scene = await calmScene(c);
  return show(c, scene, 404, 'notFoundTitle', scene.say('notFound', { phone: phoneOf(scene) }));
}

/** Something of ours failed, or the database is away. Asks the database nothing. */
export async function showBroken(c: WebContext, status: 500 | 503): Promise<Response> {
  const scene = sceneOf(localeOf(c), lastOperator(c.var.house), c.var.house.clock());
  const phone = phoneOf(scene);
  return show(c, scene, status, 'brokenTitle', phone ? scene.say('broken', { phone }) : scene.say('brokenNoPhone'));
}

/** A request too heavy to be read: what was typed is still in the page before. */
export async function showTooLarge(c: WebContext): Promise<Response> {
  const scene = await calmScene(c);
  return show(c, scene, 413, 'tooLargeTitle', scene.say('tooLarge'));
}

/** Another site's page sent this here: nothing was done with it. */
export async function showElsewhere(c: WebContext): Promise<Response> {
  const scene = await calmScene(c);
  return show(c, scene, 403, 'elsewhereTitle', scene.say('elsewhere'));
}

/** A form that was cut off on its way. */
export async function showUnreadable(c: WebContext): Promise<Response> {
  const scene = await calmScene(c);
  return show(c, scene, 400, 'unreadableTitle', scene.say('unreadableForm'));
}

async function show(
  c: WebContext,
  scene: Scene,
  status: 400 | 403 | 404 | 413 | 500 | 503,
  title: WordKey,
  sentence: string,
) {
  const { say, locale, operator } = scene;
  // Another site chose what it sent: our page does not show it.
  const text = status === 413 || status === 403 ? '' : await typedText(c);
  return showPage(c, scene, {
    title: say(title),
    status,
    body: (
      <>
        <h1>{say(title)}</h1>
        <p class="lead">{sentence}</p>
        {text ? (
          <div class="field">
            <label for="kept">{say('keepText')}</label>
            <textarea id="kept" name="kept" readonly rows={8}>
              {text}
            </textarea>
          </div>
        ) : null}
        {operator.phone ? (
          <p>
            <PhoneLink phone={operator.phone} />
          </p>
        ) : null}
        <p>
          <a href={`/${locale}`}>{say('toHome')}</a>
        </p>
      </>
    ),
  });
}

/** Nothing typed is ever lost: what a form carried comes back to be copied. */
async function typedText(c: WebContext): Promise<string> {
  if (c.req.method !== 'POST' || !/form/.test(c.req.header('content-type') ?? '')) return '';
  try {
    const body = await c.req.parseBody({ all: true });
    const text = body.text ?? body.what;
    return typeof text === 'string' ? text.slice(0, 20_000) : '';
  } catch {
    return '';
  }
}

async function calmScene(c: WebContext): Promise<Scene> {
  const { house } = c.var;
  const operator = await readOperator(house).catch(() => lastOperator(house));
  return sceneOf(localeOf(c), operator, house.clock());
}

function phoneOf({ operator }: Scene): string {
  return operator.phone ? spacedPhone(operator.phone) : '';
}

function localeOf(c: WebContext): Locale {
  const inAddress = /^\/(fr|en)(?=\/|$)/.exec(c.req.path)?.[1];
  if (inAddress) return inAddress as Locale;
  return preferredLanguage(c.req.header('accept-language'), 'fr');
}
