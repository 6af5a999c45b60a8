/** A feed before it is written as Atom or RSS. */
export interface Feed {
  /** A tag: URI (RFC 4151) that never changes. */
  id: string;
  title: string;
  subtitle: string;
  locale: 'fr' | 'en';
  /** Address of the page that shows the same. */
  page: string;
  /** Address of the feed without its ending. */
  self: string;
  /** When anything in it last changed, hidden texts included. */
  updated: Date;
  items: FeedItem[];
}

export interface FeedItem {
  id: string;
  title: string;
  url: string;
  author: string;
  html: string;
  publishedAt: Date;
  changedAt: Date;
  /** The feed of its comments and how many there are. */
  replies?: { feed: string; page: string; count: number };
  /** What it answers: a post or another comment. */
  answers?: { id: string; url: string };
}

export const endings = ['atom', 'rss'] as const;
export type Ending = (typeof endings)[number];

/** What XML can hold: no control characters, no half characters. Everything else stays as it was written. */
export function xmlText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters XML 1.0 forbids
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}

/** "tag:contact.example.org,2026-11-23:post/…": the same for ever, whatever becomes of the address. */
export function tagId(origin: string, at: Date, what: string): string {
  return `tag:${new URL(origin).hostname},${at.toISOString().slice(0, 10)}:${what}`;
}
