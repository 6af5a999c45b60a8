import { get, LOCALE, type Route } from '../../route.ts';
import { quick } from '../../ui/quick.ts';
import { showCommentFeed, showCommuneFeed, showSiteFeed } from '../feeds/feed-pages.tsx';
import { showVoices } from '../voices/voices-page.tsx';
import { enlargeScript } from './enlarge-island.ts';
import { showHistory } from './history-page.tsx';
import { showImage } from './image-route.ts';
import { showPosts } from './list-page.tsx';
import { showPost } from './post-page.tsx';

/** What the operator publishes, its feeds, and who else speaks here. */
export const postRoutes: readonly Route[] = [
  get(`${LOCALE}/posts`, 'anyone', quick(showPosts)),
  get(`${LOCALE}/posts/:slug`, 'anyone', quick(showPost)),
  get(`${LOCALE}/posts/:slug/history`, 'anyone', showHistory),
  get(`${LOCALE}/voices`, 'anyone', quick(showVoices)),
  get(`${LOCALE}/posts/:slug/:file{comments\\.(?:atom|rss)}`, 'anyone', quick(showCommentFeed)),
  get(`${LOCALE}/feeds/:file`, 'anyone', quick(showSiteFeed)),
  get(`${LOCALE}/feeds/communes/:file`, 'anyone', quick(showCommuneFeed)),
  get('/image/:imageId/:width', 'anyone', showImage),
  get('/enlarge.js', 'anyone', enlargeScript),
];
