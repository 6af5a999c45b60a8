/** One line of a plot: where it goes, and where it may lie (a band) when that is known. */
export interface PlotLine {
  name: string;
  points: readonly { y: number; low?: number; high?: number }[];
}

interface LinePlotProps {
  title: string;
  /** What the numbers rest on. */
  note?: string;
  xLabel: string;
  yLabel: string;
  /** What stands under each point, and in the first column of the table. */
  xs: readonly string[];
  lines: readonly PlotLine[];
  shown: (value: number) => string;
  tableLabel: string;
}

const WIDTH = 320;
const HEIGHT = 220;
const LEFT = 36;
const TOP = 24;
const BOTTOM = 44;
const CHARACTER = 8;
/** Told apart without colours: whole, dashed, dotted. */
const DASHES = ['', '8 4', '2 4'];

/** Lines over the same points, with the same numbers as a table below: nobody needs the picture. */
export function LinePlot({ title, note, xLabel, yLabel, xs, lines, shown, tableLabel }: LinePlotProps) {
  const top = niceTop(Math.max(...lines.flatMap(({ points }) => points.map(({ y, high }) => high ?? y)), 1e-9));
  const x = (index: number) => Math.round(LEFT + (index / Math.max(1, xs.length - 1)) * (WIDTH - LEFT - 16));
  const y = (value: number) => Math.round((HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM)) * 10) / 10;
  return (
    <figure class="plot">
      <figcaption>
        <strong>{title}</strong>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title} font-size="13">
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <path d={`M${LEFT} ${y(share * top)}H${WIDTH}`} stroke="currentColor" stroke-opacity=".2" />
            <text x={LEFT - 6} y={y(share * top) + 4} text-anchor="end" fill="currentColor">
              {shown(share * top)}
            </text>
          </g>
        ))}
        {xs.map((name, index) =>
          index % everyLabel(xs) === 0 ? (
            <text
              key={name}
              x={x(index)}
              y={HEIGHT - BOTTOM + 18}
              text-anchor={anchorOf(xs, index)}
              fill="currentColor"
            >
              {name}
            </text>
          ) : null,
        )}
        <text x={LEFT} y="12" fill="currentColor">
          {yLabel}
        </text>
        <text x={WIDTH - 4} y={HEIGHT - 6} text-anchor="end" fill="currentColor">
          {xLabel}
        </text>
        {lines.map(({ name, points }, index) => (
          <g key={name}>
            <path d={band(points, x, y)} fill="currentColor" fill-opacity=".1" />
            <path
              d={points.map((point, at) => `${at === 0 ? 'M' : 'L'}${x(at)} ${y(point.y)}`).join('')}
              fill="none"
              stroke="currentColor"
              stroke-width="2"
              stroke-dasharray={DASHES[index]}
            />
          </g>
        ))}
      </svg>
      <Legend names={lines.map(({ name }) => name)} />
      {note ? <p class="soft">{note}</p> : null}
      <details>
        <summary>{tableLabel}</summary>
        <section class="figures" aria-label={title} tabindex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{xLabel}</th>
                {lines.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {xs.map((name, at) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {lines.map(({ name: line, points }) => (
                    <td key={line}>{inCell(points[at], shown)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  );
}

function Legend({ names }: { names: readonly string[] }) {
  return (
    <ul class="legend">
      {names.map((name, index) => (
        <li key={name}>
          <svg width="36" height="10" viewBox="0 0 36 10" aria-hidden="true" focusable="false">
            <path d="M0 5H36" stroke="currentColor" stroke-width="2" stroke-dasharray={DASHES[index]} />
          </svg>{' '}
          {name}
        </li>
      ))}
    </ul>
  );
}

function band(points: PlotLine['points'], x: (index: number) => number, y: (value: number) => number): string {
  if (points.some(({ low, high }) => low === undefined || high === undefined)) return '';
  const above = points.map(({ high = 0 }, at) => `${at === 0 ? 'M' : 'L'}${x(at)} ${y(high)}`);
  const below = points.map(({ low = 0 }, at) => `L${x(at)} ${y(low)}`).toReversed();
  return `${above.join('')}${below.join('')}Z`;
}

function inCell(point: PlotLine['points'][number] | undefined, shown: (value: number) => string): string {
  if (!point) return '–';
  const { y, low, high } = point;
  return low !== undefined && high !== undefined && low < high
    ? `${shown(y)} (${shown(low)}–${shown(high)})`
    : shown(y);
}

/** Long names stand under every second point, or third, so that none covers another. */
function everyLabel(xs: readonly string[]): number {
  const most = Math.floor((WIDTH - LEFT) / (CHARACTER * Math.max(1, ...xs.map((name) => name.length))));
  return Math.ceil(xs.length / Math.max(1, most));
}

/** A long name at either end stays inside the picture. */
function anchorOf(xs: readonly string[], index: number): 'start' | 'middle' | 'end' {
  if ((xs[index]?.length ?? 0) < 5) return 'middle';
  if (index === 0) return 'start';
  return index === xs.length - 1 ? 'end' : 'middle';
}

/** 1, 2 or 5 times a power of ten that holds the value. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find((step) => step * power >= value * (1 - 1e-9)) ?? 10) * power;
}
