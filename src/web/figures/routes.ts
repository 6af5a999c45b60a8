import { get, LOCALE, post, type Route } from '../route.ts';
import { sendFigures, sendStaffFigures, showFigures, showStaffFigures } from './figures-pages.tsx';
import { showPlan } from './plan-page.tsx';
import { postCancelStudy, postStudy, showStudy } from './study-page.tsx';

/** Published figures for everyone; any period, with indices, for leads. */
export const figureRoutes: readonly Route[] = [
  get(`${LOCALE}/figures`, 'anyone', showFigures),
  get(`${LOCALE}/figures.csv`, 'anyone', sendFigures),
  get(`${LOCALE}/staff/figures`, 'read figures', showStaffFigures),
  get(`${LOCALE}/staff/figures.csv`, 'read figures', sendStaffFigures),
  get(`${LOCALE}/staff/plan`, 'read figures', showPlan),
  post(`${LOCALE}/staff/plan/studies`, 'read figures', postStudy),
  get(`${LOCALE}/staff/plan/studies/:id`, 'read figures', showStudy),
  post(`${LOCALE}/staff/plan/studies/:id/cancel`, 'read figures', postCancelStudy),
];
