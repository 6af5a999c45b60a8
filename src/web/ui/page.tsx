import { createHash } from 'node:crypto';
import type { Child } from 'hono/jsx';
import { longDay } from '../../core/text/dates.ts';
import type { Locale } from '../../core/text/typeset.ts';
import type { WebContext } from '../route.ts';
import type { Way } from './footer.tsx';
import { rememberGood } from './last-good.ts';
import { type Facing, Layout } from './layout.tsx';
import { readOperator, type ShownOperator } from './operator.ts';
import { styleFor } from './style.ts';
import { type Say, speak } from './words/words.ts';

/** What one page says, around the frame every page shares. */
export interface Page {
  title: string;
  body: Child;
  facing?: Facing | null;
  strip?: boolean;
  failed?: boolean;
  status?: 200 | 400 | 403 | 404 | 410 | 413 | 422 | 429 | 500 | 503;
  /** Public pages may be kept for a minute and are revalidated; private ones are never stored. */
  cache?: 'public' | 'private';
  hidden?: boolean;
  /** What this page adds to the head of the document. */
  head?: Child;
  /** Address of the one script of this page. Its policy allows our own scripts, and nothing else. */
  script?: string | undefined;
  /** The device keeps this public page for the time without a network. */
  keep?: boolean;
  /** Ways on at its foot, where they are not a customer's. */
  ways?: readonly Way[];
}

type Answered = Page & { keeps: boolean };

/** What every handler of a page starts from. */
export interface Scene {
  locale: Locale;
  say: Say;
  operator: ShownOperator;
  now: Date;
  /** For the functions of core/text/dates.ts. */
  style: { locale: Locale; zone: string };
}

/** Language of the address, words, operator and present of this request. */
export async function setScene(c: WebContext): Promise<Scene> {
  const { house } = c.var;
  const locale: Locale = c.req.param('locale') === 'en' ? 'en' : 'fr';
  const operator = await readOperator(house);
  return sceneOf(locale, operator, house.clock());
}

/** A scene put together by hand, for pages of failure that must not ask the database. */
export function sceneOf(locale: Locale, operator: ShownOperator, now: Date): Scene {
  return { locale, say: speak(locale), operator, now, style: { locale, zone: operator.timeZone } };
}

/** Renders a page with all its headers: the one place that decides policy, language and caching of pages. */
export async function showPage(c: WebContext, scene: Scene, page: Page): Promise<Response> {
  const { locale, operator, now, style } = scene;
  const url = new URL(c.req.url);
  const address = `${c.var.house.config.origin}${url.pathname}`;
  const keep = keptAddresses(page, url);
  const rendered = await (
    <Layout
      locale={locale}
      title={page.title}
      operator={operator}
      facing={page.facing ?? null}
      strip={page.strip ?? true}
      failed={page.failed ?? false}
      head={page.head ?? null}
      script={page.script}
      keep={keep}
      ways={page.ways}
      hidden={page.hidden ?? page.cache !== 'public'}
      otherLanguage={c.req.method === 'GET' ? otherLanguage(url) : undefined}
      printed={scene.say('printedOn', {
        date: longDay(now, new Date(0), style),
        address,
      })}
    >
      {page.body}
    </Layout>
  ).toString();
  return answer(c, scene, { ...page, keeps: keep.length > 0 }, Buffer.from(`<!doctype html>${rendered}`));
}

/** What a device keeps when this page is opened: the page, if it is to be kept, and the card of the person in front. */
function keptAddresses({ keep, cache, status = 200, facing }: Page, { pathname, search }: URL): string[] {
  if (status !== 200) return [];
  return [keep && cache === 'public' ? pathname + search : undefined, facing?.href].filter(
    (each) => each !== undefined,
  );
}

/** The document as bytes: made once for its tag, for memory and for the answer. */
function answer(c: WebContext, scene: Scene, page: Answered, html: Buffer<ArrayBuffer>): Response {
  const status = page.status ?? 200;
  c.header('Content-Language', scene.locale);
  const policy = policyOf(scene, page);
  c.header('Content-Security-Policy', policy);
  c.header('Content-Type', 'text/html; charset=UTF-8');
  if (page.cache !== 'public' || status !== 200) {
    c.header('Cache-Control', 'private, no-store');
    return c.body(html, status);
  }
  const etag = `W/"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`;
  c.header('Cache-Control', 'public, max-age=60, stale-if-error=86400');
  c.header('Vary', 'Accept-Encoding');
  c.header('ETag', etag);
  rememberGood(c, html, [
    ['Content-Language', scene.locale],
    ['Content-Security-Policy', policy],
  ]);
  if (c.req.header('if-none-match') === etag) return c.body(null, 304);
  return c.body(html, status);
}

/** Our own style, pictures and forms; our own script and what it asks us for where a page has one. */
function policyOf({ operator }: Scene, { script, keeps }: Answered): string {
  const { policy } = styleFor(operator.accent);
  if (keeps && !script) return `${policy}; script-src 'self'`;
  return script ? `${policy}; script-src 'self'; connect-src 'self'` : policy;
}

function otherLanguage(url: URL): string {
  const swapped = url.pathname.replace(/^\/(fr|en)(?=\/|$)/, (_, locale) => (locale === 'fr' ? '/en' : '/fr'));
  return swapped + url.search;
}
