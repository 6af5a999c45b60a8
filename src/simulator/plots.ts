import type { Estimate } from './figures.ts';

interface Axes {
  readonly x: string;
  readonly y: string;
}

interface Line {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

const WIDTH = 640;
const HEIGHT = 280;
const LEFT = 44;
const RIGHT = 110;
const TOP = 28;
const BOTTOM = 40;
/** Told apart by people who see no red or green, on white and on black. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#b8860b', '#56b4e9'];

/** A line a policy, named at its end of the picture. */
export function lines(title: string, axes: Axes, all: readonly Line[]): string {
  const points = all.flatMap((line) => line.points).filter(({ y }) => Number.isFinite(y));
  const scale = scaleOf(points);
  const drawn = all.map(({ points: of }, index) => {
    const path = of
      .filter(({ y }) => Number.isFinite(y))
      .map(({ x, y }) => `${scale.x(x)},${scale.y(y)}`)
      .join(' ');
    return `<polyline points="${path}" fill="none" stroke="${colour(index)}" stroke-width="2"/>`;
  });
  return picture(title, axes, scale, [...drawn, ...legend(all.map(({ name }) => name))]);
}

/** A dot a policy with both its intervals. */
export function dots(title: string, axes: Axes, all: readonly { name: string; x: Estimate; y: Estimate }[]): string {
  const scale = scaleOf([{ x: 0, y: 0 }, ...all.map(({ x, y }) => ({ x: x.mean * 1.05, y: y.mean * 1.05 }))]);
  const drawn = all.map(({ x, y }, index) => {
    const [across, up] = [scale.x(x.mean), scale.y(y.mean)];
    const [halfX, halfY] = [scale.x(x.mean + (x.half || 0)) - across, up - scale.y(y.mean + (y.half || 0))];
    return `<g stroke="${colour(index)}" fill="${colour(index)}"><path d="M${across - halfX} ${up}h${2 * halfX}M${across} ${up - halfY}v${2 * halfY}"/><circle cx="${across}" cy="${up}" r="4"/></g>`;
  });
  return picture(title, axes, scale, [...drawn, ...legend(all.map(({ name }) => name))]);
}

/** One line through all points, each with a short name above; the chosen one is larger. A picture that stands by itself, without heading. */
export function curve(
  title: string,
  axes: Axes,
  points: readonly { readonly name: string; readonly x: number; readonly y: number; readonly isChosen: boolean }[],
): string {
  const scale = scaleOf(points);
  const path = points.map(({ x, y }) => `${scale.x(x)},${scale.y(y)}`).join(' ');
  const drawn = points.map(({ name, x, y, isChosen }) => {
    const [across, up] = [scale.x(x), scale.y(y)];
    const weight = isChosen ? ' font-weight="bold"' : '';
    return `<circle cx="${across}" cy="${up}" r="${isChosen ? 6 : 3.5}" fill="${colour(0)}"/><text x="${across}" y="${up - 10}" text-anchor="middle"${weight}>${inText(name)}</text>`;
  });
  return drawing(title, axes, scale, [
    `<polyline points="${path}" fill="none" stroke="${colour(0)}" stroke-width="2"/>`,
    ...drawn,
  ]);
}

interface Scale {
  readonly top: number;
  readonly from: number;
  readonly to: number;
  x(value: number): number;
  y(value: number): number;
}

function scaleOf(points: readonly { readonly x: number; readonly y: number }[]): Scale {
  const xs = points.map(({ x }) => x);
  const [from, to] = [Math.min(...xs), Math.max(...xs)];
  const top = niceTop(Math.max(...points.map(({ y }) => y), 1e-9));
  const round = (value: number): number => Math.round(value * 10) / 10;
  return {
    top,
    from,
    to,
    x: (value) => round(LEFT + ((value - from) / (to - from || 1)) * (WIDTH - LEFT - RIGHT)),
    y: (value) => round(HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM)),
  };
}

/** 1, 2 or 5 times a power of ten that holds the value. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find((step) => step * power >= value) ?? 10) * power;
}

function picture(title: string, axes: Axes, scale: Scale, drawn: readonly string[]): string {
  return `<h2>${title}</h2><div class="wide" tabindex="0">${drawing(title, axes, scale, drawn)}</div>`;
}

function drawing(title: string, axes: Axes, scale: Scale, drawn: readonly string[]): string {
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const [across, up] = [scale.x(scale.from + share * (scale.to - scale.from)), scale.y(share * scale.top)];
    return `<path d="M${LEFT} ${up}H${WIDTH - RIGHT}" stroke="#8884"/><text x="${LEFT - 6}" y="${up + 4}" text-anchor="end">${short(share * scale.top)}</text><text x="${across}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${short(scale.from + share * (scale.to - scale.from))}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${inText(title)}">${ticks.join('')}${drawn.join('')}<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${axes.x}</text><text x="2" y="12">${axes.y}</text></svg>`;
}

function legend(names: readonly string[]): string[] {
  return names.map(
    (name, index) =>
      `<circle cx="${WIDTH - RIGHT + 14}" cy="${TOP + 8 + index * 18}" r="5" fill="${colour(index)}"/><text x="${WIDTH - RIGHT + 24}" y="${TOP + 12 + index * 18}">${inText(name)}</text>`,
  );
}

function inText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function colour(index: number): string {
  return COLOURS[index % COLOURS.length] ?? '#888';
}

function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
