import { expect, test } from 'vitest';
import { initials } from './portrait.tsx';
import { styleFor } from './style.ts';

test('a name without a photo is shown by its initials', () => {
  expect(initials('Samira Vernier')).toBe('SV');
  expect(initials('Jean-Luc Petit de la Roche')).toBe('JR');
  expect(initials('Élodie')).toBe('É');
  expect(initials('')).toBe('');
});

test('the policy of a page allows its own style sheet and no script at all', () => {
  const { css, policy } = styleFor('#1d4e5f');
  expect(css).toContain('--accent:light-dark(#1d4e5f');
  expect(policy).toMatch(/style-src 'sha256-[\w+/]+=*'/);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('script-src');
  expect(policy).not.toContain('unsafe');
});
