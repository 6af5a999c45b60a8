import { get, LOCALE, post, type Route } from '../route.ts';
import { postLetters, showLetters } from './letters-page.tsx';
import { postPlan, showCaseloads } from './list-page.tsx';
import { showMap } from './map-page.tsx';
import { postMergers, showMergers } from './mergers-page.tsx';
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
  get(`${CASELOADS}/mergers`, 'build caseloads', showMergers),
  post(`${CASELOADS}/mergers`, 'build caseloads', postMergers),
  get(`${CASELOADS}/:id`, 'build caseloads', showPlan),
  get(`${CASELOADS}/:id/letters`, 'build caseloads', showLetters),
  post(`${CASELOADS}/:id/letters`, 'build caseloads', postLetters),
  post(`${CASELOADS}/:id/apply`, 'build caseloads', postApply),
  post(`${CASELOADS}/:id/cancel`, 'build caseloads', postCancel),
  post(`${CASELOADS}/:id/undo`, 'build caseloads', postUndo),
  get(SECTORS, 'build caseloads', listSectors),
  get(`${SECTORS}/:insee`, 'build caseloads', showSectors),
  post(`${SECTORS}/:insee`, 'build caseloads', postSectors),
];
