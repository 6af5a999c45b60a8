import { costsOf } from './costs.ts';
import type { Estimate } from './figures.ts';
import { dots, lines } from './plots.ts';
import { asRows } from './rows.ts';
import { minuteOf, type Scenario } from './scenario.ts';
import type { Study } from './study.ts';

type Language = 'fr' | 'en';

const TEXTS = {
  title: { fr: 'Simulation', en: 'Simulation' },
  seeds: { fr: 'répétitions, intervalles de confiance à 95 %', en: 'repetitions, 95 % confidence intervals' },
  trade: { fr: 'Continuité et attente', en: 'Continuity against hold' },
  tradeX: { fr: 'attente moyenne, s', en: 'mean hold, s' },
  tradeY: { fr: 'propre interlocuteur, %', en: 'own advisor, %' },
  hours: { fr: 'Attente moyenne, heure par heure (s)', en: 'Mean hold, hour by hour (s)' },
  ownHours: { fr: 'Propre interlocuteur, heure par heure (%)', en: 'Own advisor, hour by hour (%)' },
  holds: { fr: 'Appels qui attendent plus longtemps que … (%)', en: 'Calls that hold longer than … (%)' },
  holdsX: { fr: 'secondes', en: 'seconds' },
  advisors: { fr: 'Part du propre interlocuteur, par interlocuteur (%)', en: 'Own share by advisor (%)' },
  advisorsX: { fr: 'interlocuteurs, du plus bas au plus haut', en: 'advisors, lowest to highest' },
  costs: { fr: 'Ce que cela coûte', en: 'What it costs' },
  figures: { fr: 'Tous les chiffres', en: 'All figures' },
  hour: { fr: 'heure', en: 'hour' },
} as const;

/** One self-contained page: the table and its pictures, no script, nothing loaded from elsewhere. */
export function asHtml(scenario: Scenario, studies: readonly Study[], language: Language): string {
  const text = (name: keyof typeof TEXTS): string => TEXTS[name][language];
  const rows = asRows(studies, language);
  const title = `${text('title')} ${scenario.name}`;
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body><main>
<h1>${escaped(title)}</h1><p>${studies[0]?.seeds.length ?? 0} ${text('seeds')}</p>
<h2>${text('costs')}</h2><ul>${costsOf(studies, language)
    .map((cost) => `<li>${escaped(cost)}</li>`)
    .join('')}</ul>
${pictures(scenario, studies, text).join('\n')}
<h2>${text('figures')}</h2><div class="wide" tabindex="0"><table><tr><td></td>${studies.map(({ policy }) => `<th>${escaped(policy)}</th>`).join('')}</tr>
${rows.map(([first = '', ...rest]) => `<tr><th>${escaped(first)}</th>${rest.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('\n')}
</table></div></main></body></html>
`;
}

function pictures(scenario: Scenario, studies: readonly Study[], text: (name: keyof typeof TEXTS) => string): string[] {
  const opens = minuteOf(scenario.open.from) / 60;
  const named = (valuesOf: (study: Study) => readonly number[], from: number, step: number) =>
    studies.map((study) => ({
      name: study.policy,
      points: valuesOf(study).map((y, index) => ({ x: from + index * step, y })),
    }));
  const percent = (value: number): number => value * 100;
  return [
    dots(
      text('trade'),
      { x: text('tradeX'), y: text('tradeY') },
      studies.map(({ policy, figures }) => ({ name: policy, x: figures.holdMean, y: scaled(figures.own, 100) })),
    ),
    lines(
      text('hours'),
      { x: text('hour'), y: 's' },
      named(({ hours }) => hours.map(({ hold }) => hold.mean), opens, 1),
    ),
    lines(
      text('ownHours'),
      { x: text('hour'), y: '%' },
      named(({ hours }) => hours.map(({ own }) => percent(own.mean)), opens, 1),
    ),
    lines(
      text('holds'),
      { x: text('holdsX'), y: '%' },
      named(({ holds }) => longerThan(holds).map(percent), 0, 5),
    ),
    lines(
      text('advisors'),
      { x: text('advisorsX'), y: '%' },
      named(({ ownByAdvisor }) => ownByAdvisor.map(percent), 1, 1),
    ),
  ];
}

/** Share of calls above each step. */
function longerThan(holds: readonly number[]): number[] {
  let left = 1;
  return holds.slice(0, -1).map((share) => {
    left -= share;
    return Math.max(0, left);
  });
}

function scaled({ mean, half }: Estimate, by: number): Estimate {
  return { mean: mean * by, half: half * by };
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

export const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
svg{width:100%;min-width:32rem;height:auto;font:12px system-ui,sans-serif}svg text{fill:currentColor}h2{font-size:1.1rem;margin:2rem 0 .25rem}
.wide{overflow-x:auto}table{border-collapse:collapse}th,td{padding:.2rem .8rem .2rem 0;text-align:right;white-space:nowrap;border-bottom:1px solid #8884}
tr>th:first-child{text-align:left;font-weight:400}`;
