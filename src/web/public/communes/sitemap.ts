import { servedCommunes } from '../../../desk/views/commune.ts';
import { publishedPosts } from '../../../desk/views/posts.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { communePath } from './address.ts';

const CACHE = { 'Cache-Control': 'public, max-age=3600' };
const XML = { ...CACHE, 'Content-Type': 'application/xml; charset=utf-8' };
/** A limit of the protocol (sitemaps.org). */
const MOST_ADDRESSES = 50_000;
const MOST_POSTS = 5_000;
const locales = ['fr', 'en'] as const;

/** GET /robots.txt — what is private anyway need not be knocked at; the rest is in the sitemap. */
export function showRobots(c: WebContext): Response {
  const closed = ['/api/', '/workspace', '/staff/', '/fr/my', '/en/my'].map((path) => `Disallow: ${path}`);
  const lines = ['User-agent: *', ...closed, '', `Sitemap: ${c.var.house.config.origin}/sitemap.xml`, ''];
  return c.text(lines.join('\n'), 200, CACHE);
}

/** GET /sitemap.xml — the list of lists, one for the pages of each language. */
export function showSitemapIndex(c: WebContext): Response {
  const { origin } = c.var.house.config;
  const entries = locales.map((locale) => `<sitemap><loc>${origin}/sitemap-${locale}.xml</loc></sitemap>`);
  return c.body(document('sitemapindex', entries), 200, XML);
}

/** GET /sitemap-fr.xml — every public page of a language: of the communes that are served, and of the posts. */
export async function showSitemap(c: WebContext): Promise<Response> {
  const { db, clock, config } = c.var.house;
  const locale = locales.find((each) => c.req.param('file') === `sitemap-${each}.xml`);
  if (!locale) return answerNotFound(c);
  const communes = await servedCommunes(db);
  const posts = await publishedPosts(db, { locale, now: clock(), limit: MOST_POSTS });
  const paths = [
    `/${locale}`,
    `/${locale}/contact`,
    `/${locale}/card`,
    `/${locale}/posts`,
    ...posts.map(({ slug }) => `/${locale}/posts/${slug}`),
    ...communes.map((commune) => communePath(locale, commune)),
  ];
  const entries = paths.slice(0, MOST_ADDRESSES).map((path) => `<url><loc>${config.origin}${path}</loc></url>`);
  return c.body(document('urlset', entries), 200, XML);
}

function document(root: string, entries: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('\n')}\n</${root}>\n`;
}
