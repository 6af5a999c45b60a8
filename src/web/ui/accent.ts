/** The operator's accent as the pages may use it: readable on paper by day and by night. */
export interface Accent {
  light: string;
  onLight: string;
  dark: string;
  onDark: string;
}

const paper = { light: '#faf7f0', dark: '#1a1815' };
const readable = { light: 4.9, dark: 7.5 };

/** Whatever colour an operator chose, darkened for the light page and lightened for the dark one until text in it reads. */
export function accentOf(chosen: string): Accent {
  const light = shade(chosen, '#000000', paper.light, readable.light);
  const dark = shade(chosen, '#ffffff', paper.dark, readable.dark);
  return { light, onLight: inkOn(light), dark, onDark: inkOn(dark) };
}

/** WCAG contrast of two colours like #1d4e5f, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function shade(colour: string, towards: string, on: string, least: number): string {
  for (let step = 0; step <= 20; step++) {
    const mixed = mix(colour, towards, step / 20);
    if (contrast(mixed, on) >= least) return mixed;
  }
  return towards;
}

function inkOn(colour: string): string {
  return contrast(colour, '#ffffff') >= contrast(colour, '#16130f') ? '#ffffff' : '#16130f';
}

function mix(one: string, other: string, share: number): string {
  const [a, b] = [channels(one), channels(other)];
  return `#${a.map((value, i) => two(Math.round(value + ((b[i] ?? 0) - value) * share))).join('')}`;
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

function two(value: number): string {
  return value.toString(16).padStart(2, '0');
}
