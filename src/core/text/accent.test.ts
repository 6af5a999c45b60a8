import { expect, test } from 'vitest';
import { accentOf, contrast } from './accent.ts';

test('any accent an operator picks stays readable on paper, by day and by night, and so does text on it', () => {
  for (const chosen of ['#1d4e5f', '#ffff00', '#000000', '#ffffff', '#ff0000', '#8a8a8a', '#7fd4ff', '#2b0b3f']) {
    const { light, onLight, dark, onDark } = accentOf(chosen);
    expect(contrast(light, '#faf7f0'), chosen).toBeGreaterThanOrEqual(4.5);
    expect(contrast(dark, '#1a1815'), chosen).toBeGreaterThanOrEqual(4.5);
    expect(contrast(light, onLight), chosen).toBeGreaterThanOrEqual(4.5);
    expect(contrast(dark, onDark), chosen).toBeGreaterThanOrEqual(4.5);
  }
});

test('a colour that reads already is left alone', () => {
  expect(accentOf('#1d4e5f').light).toBe('#1d4e5f');
});
