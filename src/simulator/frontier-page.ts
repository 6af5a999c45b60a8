import { costsOf } from './costs.ts';
import { escaped, STYLE } from './page.ts';
import { curve } from './plots.ts';
import { asRows } from './rows.ts';
import type { Scenario } from './scenario.ts';
import type { Study } from './study.ts';

type Language = 'fr' | 'en';

const TEXTS = {
  title: { fr: 'Propre interlocuteur, ou quelqu’un tout de suite', en: 'Own advisor, or somebody at once' },
  x: { fr: 'quelqu’un en 15 min, %', en: 'reached within 15 min, %' },
  y: { fr: 'propre interlocuteur, %', en: 'own advisor, %' },
} as const;

/** A line a figure, all of them; a column a policy along the frontier, by the number it has in the picture. */
export function frontierRows(studies: readonly Study[], language: Language): string[][] {
  return [['', ...studies.map((_, index) => String(index + 1))], ...asRows(studies, language)];
}

/** What the numbers stand for. */
export function frontierSteps(studies: readonly Study[]): string[] {
  return studies.map(({ policy }, index) => `${index + 1}  ${policy}`);
}

/** What the chosen policy costs beside its neighbours and beside no offers at all. */
export function frontierCosts(studies: readonly Study[], language: Language): string[] {
  const isChosen = ({ policy, policyVersion }: Study) => policy === policyVersion;
  return costsOf([...studies.filter(isChosen), ...studies.filter((study) => !isChosen(study))], language);
}

/** The curve as a file of its own, readable on light and dark pages. */
export function frontierFile(scenario: Scenario, studies: readonly Study[], language: Language): string {
  const style =
    '<style>text{font:12px system-ui,sans-serif;fill:#444}@media(prefers-color-scheme:dark){text{fill:#ccc}}</style>';
  return frontierPicture(scenario, studies, language).replace('>', `>${style}`);
}

function frontierPicture(scenario: Scenario, studies: readonly Study[], language: Language): string {
  const points = studies.map(({ policy, policyVersion, figures }, index) => ({
    name: String(index + 1),
    x: figures.reached15.mean * 100,
    y: figures.own.mean * 100,
    isChosen: policy === policyVersion,
  }));
  return curve(`${TEXTS.title[language]} (${scenario.name})`, { x: TEXTS.x[language], y: TEXTS.y[language] }, points);
}

/** One self-contained page: the curve and its table. */
export function asFrontierHtml(scenario: Scenario, studies: readonly Study[], language: Language): string {
  const title = `${TEXTS.title[language]} (${escaped(scenario.name)})`;
  const [head = [], ...rows] = frontierRows(studies, language);
  const cells = (row: readonly string[], tag: 'td' | 'th') =>
    row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('');
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${STYLE}</style></head><body><main>
<h1>${title}</h1>
<div class="wide" tabindex="0">${frontierPicture(scenario, studies, language)}</div>
<ol>${studies.map(({ policy }) => `<li>${escaped(policy)}</li>`).join('')}</ol>
<ul>${frontierCosts(studies, language)
    .map((cost) => `<li>${escaped(cost)}</li>`)
    .join('')}</ul>
<div class="wide" tabindex="0"><table><tr><td></td>${cells(head.slice(1), 'th')}</tr>
${rows.map(([name = '', ...row]) => `<tr><th scope="row">${escaped(name)}</th>${cells(row, 'td')}</tr>`).join('\n')}
</table></div></main></body></html>
`;
}
