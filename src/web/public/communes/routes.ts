import { get, LOCALE, type Route } from '../../route.ts';
import { quick } from '../../ui/quick.ts';
import { showCommune } from './commune-page.tsx';
import { showRobots, showSitemap, showSitemapIndex } from './sitemap.ts';

/** One page for every commune, and the list of them for search engines. */
export const communeRoutes: readonly Route[] = [
  get(`${LOCALE}/communes/:place`, 'anyone', quick(showCommune)),
  get('/robots.txt', 'anyone', showRobots),
  get('/sitemap.xml', 'anyone', quick(showSitemapIndex)),
  get('/:file{sitemap-(?:fr|en)\\.xml}', 'anyone', quick(showSitemap)),
];
