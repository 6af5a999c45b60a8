import { get, LOCALE, post, type Route } from '../route.ts';
import { postPlan, showCaseloads } from './list-page.tsx';
import { showMap } from './map-page.tsx';
import { showOutlines } from './outline-map.tsx';
import { postApply, postCancel, postUndo, showPlan } from './plan-page.tsx';
import { listSectors, postSectors, showSectors } from './sector-pages.tsx';

const SECTORS = `${LOCALE}/staff/sectors`;
const CASELOADS = `${LOCALE}/staff/caseloads`;

/** Where leads see what a change of staff would move, apply it and take it back: pages and forms, no script. */
export const caseloadRoutes: readonly Route[] = [
  get(CASELOADS, 'build caseloads', showCaseloads),
  post(CASELOADS, 'build caseloads', postPlan),
  get(`${CASELOADS}/map`, 'build caseloads', showMap),
  get(`${CASELOADS}/map.svg`, 'build caseloads', showOutlines),
  get(`${CASELOADS}/:id`, 'build caseloads', showPlan),
  post(`${CASELOADS}/:id/apply`, 'build caseloads', postApply),
  post(`${CASELOADS}/:id/cancel`, 'build caseloads', postCancel),
  post(`${CASELOADS}/:id/undo`, 'build caseloads', postUndo),
  get(SECTORS, 'build caseloads', listSectors),
  get(`${SECTORS}/:insee`, 'build caseloads', showSectors),
  post(`${SECTORS}/:insee`, 'build caseloads', postSectors),
];
