import { get, LOCALE, type Route } from '../../route.ts';
import { offlineScript } from './offline-island.ts';
import { showOffline } from './offline-page.tsx';

/** What a device keeps for the time without a network. */
export const offlineRoutes: readonly Route[] = [
  get(`${LOCALE}/offline`, 'anyone', showOffline),
  get('/offline.js', 'anyone', offlineScript),
];
