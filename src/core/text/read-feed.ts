import { parseFeed } from 'feedsmith';
import sanitize from 'sanitize-html';
import { isTooDeep, textBetweenTags } from './html-depth.ts';

/** One text of somebody else's feed, safe to show. */
export interface FeedEntry {
  key: string;
  title: string;
  link: string | null;
  html: string;
  /** Null when the feed does not say. */
  at: Date | null;
}

export interface ReadFeed {
  title: string;
  site: string | null;
  entries: FeedEntry[];
}

const MOST_ENTRIES = 50;
const MOST_HTML = 200_000;

/** Reads Atom, RSS, RDF or JSON as found in the wild, broken ones too; undefined when it is no feed at all. */
export function readFeed(bytes: Uint8Array, contentType: string, url: string): ReadFeed | undefined {
  const text = decode(bytes, contentType);
  return shapeOf(text, url) ?? shapeOf(mended(text), url);
}

function shapeOf(text: string, url: string): ReadFeed | undefined {
  try {
    return shape(parseFeed(text, { maxItems: MOST_ENTRIES }), url);
  } catch {
    return undefined;
  }
}

/** A feed that was cut off, up to its last whole entry. */
function mended(text: string): string {
  const item = text.lastIndexOf('</item>');
  if (item >= 0) return `${text.slice(0, item)}</item>${text.includes('<rdf:RDF') ? '</rdf:RDF>' : '</channel></rss>'}`;
  const entry = text.lastIndexOf('</entry>');
  return entry >= 0 ? `${text.slice(0, entry)}</entry></feed>` : '';
}

/** By what the transport says, the mark, or the document itself; marks in front of it and NULs are dropped. */
function decode(bytes: Uint8Array, contentType: string): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 300));
  const named = /charset=["']?([\w-]+)/i.exec(contentType)?.[1] ?? /encoding=["']([\w-]+)["']/i.exec(start)?.[1];
  const text = decoder(named).decode(bytes);
  const begin = text.search(/[<{]/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML must not hold, and feeds do hold
  return text.slice(Math.max(0, begin)).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
}

function decoder(label = 'utf-8'): { decode(bytes: Uint8Array): string } {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
}

type Parsed = ReturnType<typeof parseFeed>;

function shape(parsed: Parsed, url: string): ReadFeed {
  switch (parsed.format) {
    case 'atom': {
      const base = whole(parsed.feed.xml?.base, url) ?? url;
      return {
        title: plain(parsed.feed.title?.value),
        site: whole(alternate(parsed.feed.links), base),
        entries: (parsed.feed.entries ?? []).map((entry) =>
          one({
            key: entry.id,
            title: entry.title?.value,
            link: whole(alternate(entry.links), base),
            html: entry.content?.value ?? entry.summary?.value,
            at: entry.published ?? entry.updated,
          }),
        ),
      };
    }
    case 'json':
      return {
        title: plain(parsed.feed.title),
        site: whole(parsed.feed.home_page_url, url),
        entries: (parsed.feed.items ?? []).map((item) =>
          one({
            key: item.id,
            title: item.title,
            link: whole(item.url, url),
            html: item.content_html ?? item.content_text,
            at: item.date_published,
          }),
        ),
      };
    case 'rss':
      return {
        title: plain(parsed.feed.title),
        site: whole(parsed.feed.link, url),
        entries: (parsed.feed.items ?? []).map((item) =>
          one({
            key: item.guid?.value ?? item.link,
            title: item.title,
            link: whole(item.link ?? (item.guid?.isPermaLink === false ? undefined : item.guid?.value), url),
            html: item.content?.encoded ?? item.description,
            at: item.pubDate ?? item.dc?.dates?.[0],
          }),
        ),
      };
    case 'rdf':
      return {
        title: plain(parsed.feed.title),
        site: whole(parsed.feed.link, url),
        entries: (parsed.feed.items ?? []).map((item) =>
          one({
            key: item.rdf?.about ?? item.link,
            title: item.title,
            link: whole(item.link, url),
            html: item.content?.encoded ?? item.description,
            at: item.dc?.dates?.[0],
          }),
        ),
      };
  }
}

interface Raw {
  key: string | undefined;
  title: string | undefined;
  link: string | null;
  html: string | undefined;
  /** As the parser hands it on: text, in whatever form the feed writes dates. */
  at: unknown;
}

function one({ key, title, link, html, at }: Raw): FeedEntry {
  const shownTitle = plain(title) || plain(html).slice(0, 80);
  const time = typeof at === 'string' ? Date.parse(at) : Number.NaN;
  return {
    key: (key ?? link ?? shownTitle).slice(0, 1_000),
    title: shownTitle.slice(0, 300) || '…',
    link,
    html: safe(html ?? ''),
    at: Number.isNaN(time) ? null : new Date(time),
  };
}

/** Words and links; no picture of another site, which would tell it who reads here. */
function safe(html: string): string {
  const cut = html.slice(0, MOST_HTML);
  return sanitize(isTooDeep(cut) ? textBetweenTags(cut) : cut, {
    allowedTags: ['p', 'br', 'em', 'strong', 'b', 'i', 'a', 'ul', 'ol', 'li', 'blockquote', 'code', 'pre', 'del'],
    allowedAttributes: { a: ['href', 'rel'] },
    allowedSchemes: ['http', 'https'],
    allowProtocolRelative: false,
    nestingLimit: 30,
    transformTags: {
      a: (tagName, { href = '' }) => ({
        tagName,
        attribs: { ...(/^https?:\/\/[^/]/i.test(href) ? { href } : {}), rel: 'noopener nofollow' },
      }),
    },
  }).trim();
}

/** Titles are often HTML by mistake; readers see words. */
function plain(text = ''): string {
  return sanitize(text.slice(0, 10_000), { allowedTags: [], allowedAttributes: {} })
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}

function alternate(links: readonly { href?: string; rel?: string }[] = []): string | undefined {
  return (links.find(({ rel }) => rel === 'alternate') ?? links.find(({ rel }) => !rel))?.href;
}

/** A web address, made whole; anything else is none. */
function whole(href: string | undefined, base: string): string | null {
  if (!href || !URL.canParse(href.trim(), base)) return null;
  const url = new URL(href.trim(), base);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}
