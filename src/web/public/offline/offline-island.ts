import type { Locale } from '../../../core/text/typeset.ts';
import type { WebContext } from '../../route.ts';
import { speak } from '../../ui/words/words.ts';

/** The words the worker needs while nobody can be asked. */
function wordsOf(locale: Locale) {
  const say = speak(locale);
  return { seen: say('offlineSeen'), stored: say('offlineStored'), list: say('offlineList') };
}

const words = JSON.stringify({ fr: wordsOf('fr'), en: wordsOf('en') });

/**
 * One file with two parts. On a page it starts the worker and names what to keep: the addresses in its own `data-keep`.
 * As the worker it keeps those pages and their pictures, asked for without cookies, so that only what anybody may read is
 * kept. Without the network it shows them with the date they were stored, else the offline page with the list of what is
 * kept. A customer's sign-in and sign-out empty it.
 */
const offlineIsland = `'use strict';
(() => {
  if (self.document) {
    const { currentScript: tag } = document;
    const { serviceWorker: workers } = navigator;
    if (!workers || !tag) return;
    workers
      .register('/offline.js')
      .then(() => workers.ready)
      .then(({ active }) => active.postMessage(tag.dataset.keep.split(' ')))
      .catch(() => {});
    return;
  }
  const words = ${words};
  const NAME = 'visavis-1';
  const MOST = 60;
  const LATE = 8000;
  const DAY = 86400000;
  const open = () => caches.open(NAME);
  const offlinePages = ['/fr/offline', '/en/offline'];
  const keptAt = (answer) => new Date(answer.headers.get('X-Kept-At'));
  const pathOf = ({ url }) => url.slice(location.origin.length);
  const localeOf = (path) => (/^\\/en(?=\\/|$)/.test(path) ? 'en' : 'fr');

  const put = async (cache, path, answer) => {
    await cache.delete(path);
    await cache.put(path, answer);
  };
  let turn = 0;
  const forget = () => {
    turn += 1;
    return caches.delete(NAME);
  };
  const keep = async (path) => {
    const mine = turn;
    const answer = await fetch(path, { credentials: 'omit' });
    if (!answer.ok || !/^public/.test(answer.headers.get('Cache-Control'))) return;
    const html = await answer.text();
    if (mine !== turn) return;
    const cache = await open();
    const headers = { 'X-Kept-At': new Date().toISOString() };
    for (const name of ['Content-Type', 'Content-Security-Policy', 'Content-Language'])
      headers[name] = answer.headers.get(name) || '';
    await put(cache, path, new Response(html, { headers }));
    for (const [, picture] of html.matchAll(/ src="(\\/[^"]+\\.(?:webp|svg|png))"/g)) {
      const shown = await fetch(picture, { credentials: 'omit' }).catch(() => undefined);
      if (shown && shown.ok) await put(cache, picture, shown);
    }
  };
  const keepAll = async (paths) => {
    const cache = await open();
    for (const path of offlinePages) {
      const known = await cache.match(path);
      if (!known || Date.now() - keptAt(known) > DAY) await keep(path).catch(() => {});
    }
    for (const path of paths) if (/^\\/(fr|en)(?=[/?]|$)/.test(path)) await keep(path).catch(() => {});
    const old = (await cache.keys()).filter((each) => !offlinePages.includes(pathOf(each)));
    for (const each of old.slice(0, Math.max(0, old.length - MOST))) await cache.delete(each);
  };

  const when = (locale, at) =>
    locale === 'fr'
      ? new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeStyle: 'short' })
          .format(at)
          .replace(/^1 /, '1er ')
          .replace(/0?(\\d+):(\\d\\d)$/, '$1\\u00a0h\\u00a0$2')
      : new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', hour12: true }).format(at);
  const say = (path, key, answer) => {
    const locale = localeOf(path);
    return words[locale][key].replace('{date}', when(locale, keptAt(answer)));
  };
  const page = (html, like) => new Response(html, { headers: like.headers });

  const showKept = async (path, kept) => {
    const html = (await kept.text()).replace(/<p [^>]*data-live[^>]*>.*?<\\/p>/gs, '');
    const banner = '<p class="away" role="status">' + say(path, 'seen', kept) + '</p>';
    return page(html.replace(/<main[^>]*>/, (main) => main + banner), kept);
  };
  const line = async (cache, path) => {
    const kept = await cache.match(path);
    if (!/html/.test(kept.headers.get('Content-Type'))) return '';
    const html = await kept.text();
    const title = (/<title>(.*?)<\\/title>/s.exec(html) || ['', path])[1].split(' \\u00b7 ')[0];
    const phone = /\\/contact\\/[^?]/.test(path) && /<a class="tel[^>]*>[^<]*<\\/a>/.exec(html);
    const stored = '<span class="soft">' + say(path, 'stored', kept) + '</span>';
    return '<li><div><a href="' + path.replace(/&/g, '&amp;').replace(/"/g, '&quot;') + '">' + title + '</a> ' + stored + '</div> ' + (phone || '') + '</li>';
  };
  const showOffline = async (cache, asked) => {
    const locale = localeOf(asked);
    const base = await cache.match('/' + locale + '/offline');
    if (!base) return Response.error();
    const paths = (await cache.keys()).map(pathOf).filter((path) => !offlinePages.includes(path) && localeOf(path) === locale);
    const isCard = (path) => Number(/\\/contact\\/[^?/]+(\\?|$)/.test(path));
    const lines = [];
    for (const path of paths.reverse().sort((a, b) => isCard(b) - isCard(a))) lines.push(await line(cache, path));
    const list = lines.join('') && '<section><h2>' + words[locale].list + '</h2><ul class="matters">' + lines.join('') + '</ul></section>';
    return page((await base.text()).replace('<div id="kept"></div>', () => list), base);
  };
  const find = async (cache, path) =>
    path === '/'
      ? (await cache.match('/fr')) || cache.match('/en')
      : cache.match(path, { ignoreSearch: /\\/contact\\/[^?]/.test(path) });
  const answer = async (request) => {
    const path = pathOf(request).split('#')[0];
    const cache = await open();
    const kept = await find(cache, path);
    const network = fetch(request).catch(() => undefined);
    const late = new Promise((resolve) => setTimeout(resolve, LATE));
    const found = await (kept ? Promise.race([network, late]) : network);
    if (found && !(kept && found.status > 501 && found.status < 505)) return found;
    return kept ? showKept(path, kept) : showOffline(cache, path);
  };

  addEventListener('install', (event) => {
    skipWaiting();
    event.waitUntil(keepAll([]));
  });
  addEventListener('activate', (event) =>
    event.waitUntil(
      caches
        .keys()
        .then((names) => Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name))))
        .then(() => clients.claim()),
    ),
  );
  addEventListener('message', (event) => event.waitUntil(keepAll(event.data)));
  addEventListener('fetch', (event) => {
    const { request } = event;
    if (!request.url.startsWith(location.origin + '/')) return;
    const path = pathOf(request);
    if (request.method !== 'GET') {
      if (/\\/my\\/(enter|leave)/.test(path)) event.waitUntil(forget());
    } else if (request.mode === 'navigate') {
      if (/^\\/($|(fr|en)($|[/?](?!staff)))/.test(path)) event.respondWith(answer(request));
    } else if (request.destination === 'image')
      event.respondWith(fetch(request).catch(async () => (await (await open()).match(request)) || Response.error()));
  });
})();
`;

/** GET /offline.js — may ask us and nobody else, whether it runs on a page or as the worker. */
export function offlineScript(c: WebContext): Response {
  return c.body(offlineIsland, 200, {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': 'public, max-age=3600',
    'Content-Security-Policy': "default-src 'none'; connect-src 'self'",
    'X-Content-Type-Options': 'nosniff',
  });
}
