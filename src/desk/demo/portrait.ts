import sharp from 'sharp';
import type { Dice } from './dice.ts';

/** A calm drawn portrait that resembles nobody, as WebP of 320 × 320. */
export async function drawPortrait(dice: Dice, hairCut: 'short' | 'long'): Promise<Buffer> {
  return sharp(Buffer.from(portraitSvg(dice, hairCut)))
    .webp({ quality: 82 })
    .toBuffer();
}

const grounds = ['#e7e0d3', '#dfe5e1', '#e6dcd6', '#dde2e8', '#e9e4d0', '#e2dfe8'] as const;
const skins = ['#f0cfb4', '#e3b693', '#c98f68', '#a66d49', '#7d4f35', '#f3d9c4'] as const;
const hairs = ['#2b2320', '#4a3527', '#7a5332', '#b28a55', '#8d8a86', '#c9c4bb', '#5c2f22'] as const;
const clothes = ['#1d4e5f', '#5d6b4a', '#7c4a3a', '#3c4a6b', '#8a6d3b', '#59435c'] as const;

function portraitSvg(dice: Dice, hairCut: 'short' | 'long'): string {
  const [ground, skin, cloth] = [dice.pick(grounds), dice.int(0, skins.length - 1), dice.pick(clothes)];
  const hair = dice.pick(skin >= 2 && skin <= 4 ? hairs.slice(0, 2) : hairs);
  const glasses = dice.chance(0.3)
    ? '<g fill="none" stroke="#3a3a3a" stroke-width="3.5"><circle cx="139" cy="139" r="15"/><circle cx="181" cy="139" r="15"/><path d="M154 137 q6 -5 12 0"/></g>'
    : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="320" viewBox="0 0 320 320">
<rect width="320" height="320" fill="${ground}"/>
${hairCut === 'long' ? dice.pick(longHair)(hair) : ''}
<path d="M138 178 h44 v46 h-44 z" fill="${skins[skin]}"/><path d="M138 190 q22 22 44 0 v12 q-22 20 -44 0 z" fill="#000" opacity=".1"/>
<path d="M44 320 q4 -84 80 -100 q36 30 72 0 q76 16 80 100 z" fill="${cloth}"/>
<ellipse cx="160" cy="142" rx="53" ry="63" fill="${skins[skin]}"/>
${dice.pick(hairInFront)(hair)}
<g fill="#2a2523"><circle cx="139" cy="140" r="4.5"/><circle cx="181" cy="140" r="4.5"/></g>
<g fill="none" stroke="#2a2523" stroke-width="3" stroke-linecap="round"><path d="M130 124 q9 -6 18 0" opacity=".55"/><path d="M172 124 q9 -6 18 0" opacity=".55"/><path d="M159 146 q-5 14 3 17" opacity=".35"/><path d="M142 175 q18 ${dice.int(9, 15)} 36 0" stroke="#7a2f2a" opacity=".75"/></g>
${glasses}</svg>`;
}

const longHair = [
  (hair: string) => `<path d="M98 140 q-4 -82 62 -82 q66 0 62 82 l6 92 q-68 26 -136 0 z" fill="${hair}"/>`,
  (hair: string) => `<path d="M96 140 q-4 -84 64 -84 q68 0 64 84 l4 46 q-68 20 -136 0 z" fill="${hair}"/>`,
  (hair: string) => `<circle cx="160" cy="62" r="26" fill="${hair}"/>`,
] as const;

const hairInFront = [
  (hair: string) => `<path d="M104 134 q-4 -72 56 -72 q60 0 56 72 q-10 -38 -42 -42 q-46 -2 -70 42 z" fill="${hair}"/>`,
  (hair: string) =>
    `<path d="M106 130 q-2 -64 54 -66 q56 2 54 66 q-8 -30 -30 -36 q-30 10 -54 2 q-18 10 -24 34 z" fill="${hair}"/>`,
  (hair: string) =>
    `<path d="M105 136 q-6 -76 55 -76 q61 0 55 76 q-6 -26 -20 -40 q-40 14 -74 0 q-12 16 -16 40 z" fill="${hair}"/>`,
  (hair: string) => `<path d="M108 118 q8 -54 52 -54 q44 0 52 54 q-14 -24 -52 -24 q-38 0 -52 24 z" fill="${hair}"/>`,
] as const;
