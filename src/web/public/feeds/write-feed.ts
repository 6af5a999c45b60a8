import { generateAtomFeed, generateRssFeed } from 'feedsmith';
import { type Ending, type Feed, type FeedItem, xmlText } from './feed.ts';

export const types: Record<Ending, string> = {
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
};

/** The feed as Atom (RFC 4287, threads by RFC 4685) or RSS 2.0 (comments by wfw and slash). */
export function writeFeed(feed: Feed, ending: Ending): string {
  return tight(ending === 'atom' ? atom(feed) : rss(feed));
}

/** The generator sets CDATA on lines of its own; the line breaks would be part of the text. */
function tight(xml: string): string {
  return xml.replace(/>\s+<!\[CDATA\[/g, '><![CDATA[').replace(/\]\]>\s+<\//g, ']]></');
}

function atom({ id, title, subtitle, locale, page, self, updated, items }: Feed): string {
  return generateAtomFeed({
    id,
    title: { value: xmlText(title) },
    subtitle: { value: xmlText(subtitle) },
    xml: { lang: locale },
    updated,
    generator: { text: 'Visavis' },
    authors: [{ name: xmlText(title) }],
    links: [
      { href: page, rel: 'alternate', type: 'text/html' },
      { href: `${self}.atom`, rel: 'self', type: 'application/atom+xml' },
    ],
    entries: items.map((item) => ({
      id: item.id,
      title: { value: xmlText(item.title) },
      published: item.publishedAt,
      updated: item.changedAt,
      authors: [{ name: xmlText(item.author) || '…' }],
      content: { type: 'html', value: xmlText(item.html) },
      links: [
        { href: item.url, rel: 'alternate', type: 'text/html' },
        ...(item.replies
          ? [
              {
                href: `${item.replies.feed}.atom`,
                rel: 'replies',
                type: 'application/atom+xml',
                thr: { count: item.replies.count },
              },
            ]
          : []),
      ],
      thr: threadOf(item),
    })),
  });
}

function threadOf({ replies, answers }: FeedItem) {
  return {
    ...(replies ? { total: replies.count } : {}),
    ...(answers ? { inReplyTos: [{ ref: answers.id, href: answers.url, type: 'text/html' }] } : {}),
  };
}

function rss({ title, subtitle, locale, page, self, updated, items }: Feed): string {
  return generateRssFeed({
    title: xmlText(title),
    link: page,
    description: xmlText(subtitle),
    language: locale,
    lastBuildDate: updated,
    generator: 'Visavis',
    ttl: 5,
    atom: { links: [{ href: `${self}.rss`, rel: 'self', type: 'application/rss+xml' }] },
    items: items.map((item) => ({
      title: xmlText(item.title),
      link: item.url,
      guid: { value: item.id, isPermaLink: false },
      pubDate: item.publishedAt,
      description: xmlText(item.html),
      dc: { creators: [xmlText(item.author) || '…'] },
      ...(item.replies
        ? {
            comments: item.replies.page,
            slash: { comments: item.replies.count },
            wfw: { commentRss: `${item.replies.feed}.rss` },
          }
        : {}),
      ...(item.answers ? { thr: threadOf(item) } : {}),
    })),
  });
}
