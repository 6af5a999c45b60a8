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
  const light = shade(chosen, 0, paper.light, readable.light);
  const dark = shade(chosen, 1, paper.dark, readable.dark);
  return { light, onLight: inkOn(light), dark, onDark: inkOn(dark) };
}

/** WCAG contrast of two colours like #1d4e5f, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** The nearest colour of the same hue that reads on this paper. */
function shade(colour: string, towards: 0 | 1, on: string, least: number): string {
  const { hue, saturation, lightness } = hslOf(colour);
  // A dark colour made light by its full saturation would glow.
  const calm = towards === 1 ? saturation * 0.7 : saturation;
  for (let step = 0; step <= 40; step++) {
    const shaded = step === 0 ? colour : hexOf(hue, calm, lightness + (towards - lightness) * (step / 40));
    if (contrast(shaded, on) >= least) return shaded;
  }
  return towards === 0 ? '#000000' : '#ffffff';
}

function inkOn(colour: string): string {
  return contrast(colour, '#ffffff') >= contrast(colour, '#16130f') ? '#ffffff' : '#16130f';
}

function hslOf(colour: string): { hue: number; saturation: number; lightness: number } {
  const [r = 0, g = 0, b = 0] = channels(colour).map((value) => value / 255);
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
  const [range, lightness] = [most - least, (most + least) / 2];
  if (range === 0) return { hue: 0, saturation: 0, lightness };
  const sixth = most === r ? ((g - b) / range + 6) % 6 : most === g ? (b - r) / range + 2 : (r - g) / range + 4;
  return { hue: sixth * 60, saturation: range / (1 - Math.abs(2 * lightness - 1)), lightness };
}

/** https://www.w3.org/TR/css-color-4/#hsl-to-rgb */
function hexOf(hue: number, saturation: number, lightness: number): string {
  const part = (n: number) => {
    const k = (n + hue / 30) % 12;
    return lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return `#${[0, 8, 4].map((n) => two(Math.round(part(n) * 255))).join('')}`;
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
