import type { Scene } from '../../ui/page.tsx';

/** A feed as pages announce it: its address without the ending, and its title. */
export interface FeedLink {
  path: string;
  title: string;
}

/** Autodiscovery, for the head of a page. */
export function FeedHead({ feeds }: { feeds: readonly FeedLink[] }) {
  return (
    <>
      {feeds.map(({ path, title }) => (
        <>
          <link key={path} rel="alternate" type="application/atom+xml" title={title} href={`${path}.atom`} />
          <link key={`${path}.rss`} rel="alternate" type="application/rss+xml" title={title} href={`${path}.rss`} />
        </>
      ))}
    </>
  );
}

/** The same feeds, for people. */
export function FeedLinks({ scene: { say }, feed }: { scene: Scene; feed: FeedLink }) {
  return (
    <ul class="links no-print">
      <li>
        <a href={`${feed.path}.atom`}>{say('feedAtom')}</a>
      </li>
      <li>
        <a href={`${feed.path}.rss`}>{say('feedRss')}</a>
      </li>
    </ul>
  );
}
