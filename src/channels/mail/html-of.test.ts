import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contrast } from '../../core/text/accent.ts';
import { palette } from '../../core/text/palette.ts';
import { htmlOf } from './html-of.ts';

const letter = 'Bonjour,\n\nVoici la page : https://example.org/fr.\n\nAna Perrin\nRégie\n03 53 01 00 00\n';

test('a mail has the colours of the pages', () => {
  const tokens = readFileSync('src/web/ui/tokens.css', 'utf8');
  for (const [name, token] of Object.entries({ paper: 'paper', ink: 'ink', soft: 'ink-soft', rule: 'rule' })) {
    const key = name as keyof typeof palette.light;
    expect(tokens).toContain(`--${token}: light-dark(${palette.light[key]}, ${palette.dark[key]});`);
  }
});

test('whatever accent an operator chose, text and links read by day and by night', () => {
  for (const accent of ['#1d4e5f', '#ffff00', '#000000', '#ff0055']) {
    const [day = '', night = ''] = htmlOf(letter, accent).split('@media(prefers-color-scheme:dark)');
    for (const [style, { paper, ink, soft }] of [
      [day, palette.light],
      [night, palette.dark],
    ] as const) {
      const link = /a\{color:(#[0-9a-f]{6})\}/.exec(style)?.[1] ?? '';
      for (const colour of [link, ink, soft])
        expect(contrast(colour, paper), `${colour} of ${accent}`).toBeGreaterThan(4.5);
    }
  }
});

test('it is tiny, loads nothing, and nothing written can become markup or style', () => {
  const html = htmlOf(`${letter}\n</style><script>x</script><img src=x onerror=y>`, '#1d4e5f');
  expect(Buffer.byteLength(htmlOf(letter, '#1d4e5f'))).toBeLessThan(1_500);
  expect(html).not.toMatch(/<script|<img|<link|url\(|@import/);
  expect(html.match(/<\/style>/g)).toHaveLength(1);
});
