import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { trimReply } from './trim-reply.ts';

describe('a reply', () => {
  it.each([
    [
      'French, Gmail',
      'Merci !\n\nLe lun. 2 nov. 2026 à 19:03, Samira Exemple <samira@example.org> a\nécrit :\n\n> Bonjour',
      'Merci !',
    ],
    [
      'French, Outlook',
      'Toujours rien.\n\n________________________________\nDe : Samira Exemple <samira@example.org>\nEnvoyé : lundi 2 novembre 2026 19:03\nÀ : Paul\nObjet : Votre ligne\n\nBonjour',
      'Toujours rien.',
    ],
    ['French, old Outlook', 'Oui.\n\n-----Message d’origine-----\nDe : Samira\n\nBonjour', 'Oui.'],
    [
      'French, telephone',
      'Je suis là mardi.\n\nEnvoyé de mon iPhone\n\n> Le 2 nov. 2026 à 19:03, Samira <samira@example.org> a écrit :\n> \n> Mardi ?',
      'Je suis là mardi.',
    ],
    ['German', 'Danke.\n\nAm Mo., 2. Nov. 2026 um 19:03 Uhr schrieb Samira <samira@example.org>:\n\n> Hallo', 'Danke.'],
    ['a signature', 'Bonjour\n\n-- \nPaul Inventé\nPontarlier', 'Bonjour'],
    [
      'an answer below the quotation',
      'Le 2 nov. 2026 à 19:03, Samira a écrit :\n> Mardi ?\n\nOui, mardi.',
      'Oui, mardi.',
    ],
  ])('is trimmed: %s', (_, text, expected) => {
    const trimmed = trimReply(text);
    expect(trimmed.text).toBe(expected);
    expect(trimmed.elided).not.toBe('');
  });

  it.each([
    [
      'answers between the quotes',
      'Bonjour,\nLe 2 nov. 2026 à 19:03, Samira a écrit :\n> Mardi ?\n\nOui.\n\n> Le matin ?\n\nNon.',
    ],
    ['a plain letter', 'Bonjour,\n\nma ligne est coupée depuis lundi :\n- pas d’internet\n- pas de téléphone\n\nPaul'],
    [
      'a sentence that only begins like an attribution',
      'Le 2 novembre le technicien est venu\net il a écrit un rapport.\n\nMerci',
    ],
    ['a letter that lists fields', 'De : la mairie\nvoici notre demande.'],
    ['a quotation alone', '> Bonjour'],
    ['code', 'Voici :\n\n```\n> test\n-- \nfin\n```\n\nMerci'],
  ])('keeps %s', (_, text) => {
    expect(trimReply(text)).toEqual({ text, elided: '' });
  });

  it('loses no line: what is not shown is in the rest', () => {
    const text = 'Oui\n\nOn Mon, 2 Nov 2026 at 19:03, Samira <s@example.org> wrote:\n> a\n> b\n\n-- \nPaul';
    const trimmed = trimReply(text);
    const lines = (value: string) => value.split('\n').filter((line) => line.trim() !== '');
    expect([...lines(trimmed.text), ...lines(trimmed.elided)].toSorted()).toEqual(lines(text).toSorted());
  });

  it('of 100,000 lines is read too', () => {
    expect(trimReply('> a\n'.repeat(100_000)).text.length).toBeGreaterThan(0);
    expect(trimReply(`${'On '.repeat(100_000)}wrote:`).text.length).toBeGreaterThan(0);
  });
});

describe('64 replies in twelve languages', () => {
  const folder = fileURLToPath(new URL('../../../../shared/corpora/mail/replies/', import.meta.url));
  const names = existsSync(folder) ? readdirSync(`${folder}emails`) : [];
  const read = (kind: string, name: string) => readFileSync(`${folder}${kind}/${name}`, 'utf8');
  // We hide a mail quoted above its answer with its attribution, and nothing where answers stand between quotes.
  const otherwise = new Set(['embedded_email_7.txt', 'embedded_email_12.txt', 'embedded_email_17.txt']);

  it('are trimmed exactly as expected, but for three', () => {
    const wrong = names.filter((name) => edges(trimReply(read('emails', name)).text) !== edges(read('trimmed', name)));
    expect(wrong.filter((name) => !otherwise.has(name))).toEqual([]);
  });

  it('and the rest is what is hidden, white space apart', () => {
    // Quotation marks and divided attributions are rewritten in the expected texts; we keep lines as they are.
    const words = (text: string) => text.replace(/[\s>|]+|\b[A-Z][a-z]*>/g, '');
    const wrong = names.filter((name) => words(trimReply(read('emails', name)).elided) !== words(read('elided', name)));
    expect(wrong.filter((name) => !otherwise.has(name))).toEqual([]);
  });
});

function edges(text: string): string {
  return text.replace(/^(\s*\n)+/, '').trimEnd();
}
