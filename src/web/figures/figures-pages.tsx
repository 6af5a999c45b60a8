import { instantOf } from '../../core/calendar/local-dates.ts';
import { figureColumns, figureRows } from '../../desk/figures/csv.ts';
import { type Figures, readFigures } from '../../desk/figures/figures.ts';
import type { Period } from '../../desk/figures/group.ts';
import { newestFigures } from '../../desk/figures/publish.ts';
import { readTenureByMonth } from '../../desk/figures/tenure-by-month.ts';
import { answerNotFound } from '../problems.ts';
import type { WebContext } from '../route.ts';
import { showStaffPage } from '../staff/frame.tsx';
import { Input, type Problems } from '../ui/fields.tsx';
import { type Scene, setScene, showPage } from '../ui/page.tsx';
import { FiguresBody } from './figures-body.tsx';

/** GET /:locale/figures — what was published last; nothing is computed here. */
export async function showFigures(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { say, locale } = scene;
  const published = await newestFigures(c.var.house.db);
  return showPage(c, scene, {
    title: say('figuresTitle'),
    cache: 'public',
    body: (
      <>
        <h1>{say('figuresTitle')}</h1>
        <p class="lead">{say('figuresLead')}</p>
        {published ? (
          <FiguresBody scene={scene} figures={published.figures} csv={`/${locale}/figures.csv`} />
        ) : (
          <p>{say('figuresNone')}</p>
        )}
      </>
    ),
  });
}

/** GET /:locale/figures.csv */
export async function sendFigures(c: WebContext): Promise<Response> {
  const published = await newestFigures(c.var.house.db);
  if (!published) return answerNotFound(c);
  c.header('Cache-Control', 'public, max-age=3600');
  return sendCsv(c, published.figures);
}

/** GET /:locale/staff/figures?from&to — any period, with indices, for leads. */
export async function showStaffFigures(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { say, locale } = scene;
  const asked = askedPeriod(c, scene);
  const problems: Problems = asked.period ? {} : { to: say('figuresDatesBad') };
  const { db } = c.var.house;
  const figures = asked.period ? await readFigures(db, asked.period, scene.now) : null;
  const tenure = asked.period ? await readTenureByMonth(db, asked.period) : undefined;
  return showStaffPage(c, scene, {
    title: say('figuresStaffTitle'),
    problems,
    body: (
      <>
        <form novalidate method="get">
          <Input locale={locale} name="from" label={say('figuresFrom')} type="date" value={asked.from} />
          <Input locale={locale} name="to" label={say('figuresTo')} type="date" value={asked.to} problems={problems} />
          <button type="submit">{say('figuresShow')}</button>
        </form>
        {figures ? (
          <FiguresBody
            scene={scene}
            figures={figures}
            csv={`/${locale}/staff/figures.csv?from=${asked.from}&to=${asked.to}`}
            indices
            tenure={tenure}
          />
        ) : null}
      </>
    ),
  });
}

/** GET /:locale/staff/figures.csv */
export async function sendStaffFigures(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { period } = askedPeriod(c, scene);
  if (!period) return answerNotFound(c);
  c.header('Cache-Control', 'private, no-store');
  return sendCsv(c, await readFigures(c.var.house.db, period, scene.now));
}

const DAY_MS = 86_400_000;

/** Whole days in the operator's time zone; the last ninety when none are given. */
function askedPeriod(c: WebContext, { now, operator }: Scene): { from: string; to: string; period: Period | null } {
  const day = (at: number) => new Intl.DateTimeFormat('sv', { timeZone: operator.timeZone }).format(at);
  const from = c.req.query('from') || day(now.getTime() - 90 * DAY_MS);
  const to = c.req.query('to') || day(now.getTime());
  const whole = /^\d{4}-\d\d-\d\d$/;
  const since = whole.test(from) ? instantOf(operator.timeZone, from, '00:00') : undefined;
  const until = whole.test(to) ? instantOf(operator.timeZone, to, '23:59') : undefined;
  if (!since || !until || since > until) return { from: whole.test(from) ? from : '', to: '', period: null };
  return { from, to, period: { since, until: new Date(until.getTime() + 60_000) } };
}

function sendCsv(c: WebContext, figures: Figures): Response {
  const quoted = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  // A spreadsheet takes a name that begins like this for a formula.
  const guarded = (value: string) => (/^[=+\-@\t\r']/.test(value) ? `'${value}` : value);
  const lines = [figureColumns, ...figureRows(figures)].map((row) =>
    row.map((cell) => quoted(guarded(cell))).join(','),
  );
  c.header('Content-Type', 'text/csv; charset=UTF-8');
  c.header('Content-Disposition', 'attachment; filename="figures.csv"');
  c.header('X-Content-Type-Options', 'nosniff');
  return c.body(`${lines.join('\r\n')}\r\n`);
}
