import type { Command } from 'commander';
import { instantOf } from '../core/calendar/local-dates.ts';
import type { DecisionKind } from '../core/routing/replay.ts';
import { kindWords, replaySentences } from '../core/routing/replay-words.ts';
import { dueTimeInWriting } from '../core/text/dates.ts';
import { typeset } from '../core/text/typeset.ts';
import { replayPeriod } from '../desk/replay/replay-period.ts';
import type { ReplayReport } from '../desk/replay/report.ts';
import { policyVersions } from '../desk/settings/policy-versions.ts';
import { readRoster } from '../desk/views/roster.ts';
import { toldIn } from './language-option.ts';
import { asIs, progress, say, type WithHouse } from './say.ts';
import { policyFrom, Refused } from './simulate-files.ts';
import { simulateRefusals, simulateWords } from './simulate-words.ts';
import { table } from './table.ts';

interface Asked {
  /** One day, or the first and the last with two dots between. */
  replay: string;
  policy: string;
  french?: boolean;
}

/** Asks the decisions of these days again under another policy, and prints what would have been otherwise. Reads only. */
export async function runReplay(withHouse: WithHouse, asked: Asked, command: Command): Promise<void> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop);
  try {
    await withHouse(async ({ db, clock }) => {
      const roster = await readRoster(db, clock());
      const { timeZone } = roster.operator;
      const period = periodOf(timeZone, asked.replay);
      const known = await policyVersions(db);
      const draft = await policyFrom(asked.policy, { known, base: roster.policy });
      const report = await replayPeriod(db, draft, period, {
        signal: stopping.signal,
        onProgress: (done, of) => progress(simulateWords.decisions(done, of)),
      });
      progress('');
      say(command, report, asIs(words(report, timeZone, toldIn(command, asked))));
    });
  } catch (error) {
    if (stopping.signal.aborted) throw new Refused(simulateRefusals.replayStopped);
    throw error;
  } finally {
    process.off('SIGINT', stop);
  }
}

/** Whole days in the operator's time zone. Throws Refused. */
function periodOf(timeZone: string, typed: string): { since: Date; until: Date } {
  const [, first, last = first] = /^(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?$/.exec(typed) ?? [];
  const since = first ? instantOf(timeZone, first, '00:00') : null;
  const lastDay = last ? instantOf(timeZone, last, '00:00') : null;
  if (!since || !lastDay || since > lastDay) throw new Refused(simulateRefusals.days);
  const next = new Date(Date.parse(`${last}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return { since, until: instantOf(timeZone, next, '00:00') ?? lastDay };
}

function words(report: ReplayReport, zone: string, locale: 'fr' | 'en'): string {
  const said = { fr: ['', 'avant', 'après'], en: ['', 'before', 'after'] }[locale];
  const [first = '', ...rest] = replaySentences(report, locale);
  const rows = report.kinds.map(({ kind, before, after }) => [kindWords(kind, locale), String(before), String(after)]);
  return [
    first,
    '',
    table(said, rows),
    '',
    ...rest,
    ...report.examples.flatMap((example) => ['', ...exampleLines(example, zone, locale)]),
  ].join('\n');
}

function exampleLines(
  { at, like, kinds, before, after }: ReplayReport['examples'][number],
  zone: string,
  locale: 'fr' | 'en',
): string[] {
  const [was, wouldBe, times] = locale === 'fr' ? ['Avant', 'Après', 'fois'] : ['Before', 'After', 'times'];
  const line = (head: string, kind: DecisionKind, said: readonly string[]) =>
    typeset(`  ${head}${locale === 'fr' ? ' :' : ':'} ${kindWords(kind, locale)}. ${said.join(' ')}`, locale);
  return [
    `${dueTimeInWriting(at, at, { locale, zone })} (${like} ${times})`,
    line(was, kinds[0], before[locale]),
    line(wouldBe, kinds[1], after[locale]),
  ];
}
