import { expect, it } from 'vitest';
import { hidePersonalLinks } from './personal-links.ts';

const once = 'q7rJ0z_3Yk-1bXw2mVt8uLs5cHd4nGe6pAf9oKiRyTE';
const signed = `AZKk3nT-cZ2u1J0q_7VbXw.${once.slice(0, 32)}`;
const at = (path: string) => `https://visavis.example.org/${path}`;

it('hides whatever acts for its holder, in the language of the link', () => {
  for (const path of [
    `fr/staff/password/${once}`,
    `fr/staff/enter/${once}`,
    `fr/my/enter/${once}`,
    `fr/confirm/${once}`,
    ...['solved', 'callback', 'comments', 'alerts'].map((page) => `fr/${page}/${signed}`),
  ])
    expect(hidePersonalLinks(`Bonjour,\n\n${at(path)}\n\nÀ bientôt.`)).toBe('Bonjour,\n\n[lien]\n\nÀ bientôt.');
  expect(hidePersonalLinks(`Here: ${at(`en/my/enter/${once}`)}.`)).toBe('Here: [link].');
});

it('hides them in HTML, in JSON, quoted, and wrapped by a filter', () => {
  const link = at(`en/my/enter/${once}`);
  const filtered = `https://filter.example.com/?url=${encodeURIComponent(link)}&data=1`;
  for (const text of [`<a href="${link}">${link}</a>`, JSON.stringify({ text: `\n${link}\n` }), `> ${link}`, filtered])
    expect(hidePersonalLinks(text)).not.toContain(once);
  expect(JSON.parse(hidePersonalLinks(JSON.stringify({ text: `\n${link}\n` })))).toEqual({ text: '\n[link]\n' });
});

it('shows those of customers without those of the staff', () => {
  const text = `${at(`fr/my/enter/${once}`)} ${at(`fr/staff/password/${once}`)}`;
  const shown = hidePersonalLinks(text, { customers: true, staff: false });
  expect(shown).toBe(`${at(`fr/my/enter/${once}`)} [lien]`);
  expect(hidePersonalLinks(text, { customers: true, staff: true })).toBe(text);
});

it('leaves every other address alone, and no text makes it slow', () => {
  const text = `${at('fr/commune/39240')} ${at('fr/staff/customers/AZKk3nT')} ${at('fr/confirm')} ${at('en/my')}`;
  expect(hidePersonalLinks(text)).toBe(text);
  const long = 'http://'.repeat(30_000);
  expect(hidePersonalLinks(long)).toBe(long);
});
