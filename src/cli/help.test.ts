import type { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { englishWordsIn } from '../../test/english.ts';
import { POLICIES } from '../simulator/policies.ts';
import { isKnownPlaceholder } from './placeholder-words.ts';
import { createProgram } from './program.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The whole command line as somebody finds it whose terminal speaks this language. */
function programIn(language: 'fr' | 'en'): Command {
  vi.stubEnv('VISAVIS_LANGUAGE', language);
  return createProgram(() => Promise.reject(new Error('help needs no house')));
}

function everyCommand(command: Command, above: string[] = []): [path: string, command: Command][] {
  const path = [...above, command.name()];
  return [[path.join(' '), command], ...command.commands.flatMap((each) => everyCommand(each, path))];
}

/** Every description of the program, by where it stands. */
function descriptionsOf(program: Command): Map<string, string> {
  const found = everyCommand(program).flatMap(([path, command]): [string, string][] => [
    [path, command.description()],
    ...command.options.map((option): [string, string] => [`${path} ${option.long}`, option.description]),
    ...command.registeredArguments.map((each): [string, string] => [`${path} <${each.name()}>`, each.description]),
  ]);
  return new Map(found);
}

/** A page of help, with what stands below it. */
function pageOf(command: Command): string {
  let page = '';
  command.configureOutput({ writeOut: (text) => (page += text) });
  command.outputHelp();
  return page.replaceAll(/[\u00a0\u202f]/g, ' ');
}

const english = descriptionsOf(programIn('en'));
const french = descriptionsOf(programIn('fr'));

/** What somebody types as it is, in every language: roles and policies. */
const TYPED = new RegExp(`\\b(${['advisor', ...Object.keys(POLICIES)].join('|')})\\b`, 'g');

describe('what the command line says of itself', () => {
  it('is found: every command, option and argument', () => {
    expect(english.size).toBeGreaterThan(150);
    expect([...french.keys()]).toEqual([...english.keys()]);
  });

  it.each([...english])('%s is described in both languages', (where, description) => {
    const inFrench = french.get(where) ?? '';
    expect(description).not.toBe('');
    expect(inFrench).not.toBe('');
    expect(inFrench).not.toBe(description);
    expect(englishWordsIn(inFrench.replace(TYPED, ''))).toEqual([]);
    expect(description.replace('départements', '')).not.toMatch(/[éèêàùç«»]/);
  });

  it.each(everyCommand(programIn('fr')))('%s --help is a French page', (_, command) => {
    const page = pageOf(command);
    expect(page).toMatch(/^Usage : visavis/);
    expect(page).not.toMatch(
      /\b(Arguments|Commands|Options):|\bUsage: |\bdefault:|choices:|display help|\[command\]|<file>/,
    );
    expect(page).toContain('afficher l’aide d’une commande');
  });

  it('has French headings, placeholders and brackets, and English ones as commander writes them', () => {
    const page = (language: 'fr' | 'en', name: string) =>
      pageOf(programIn(language).commands.find((each) => each.name() === name) as Command);
    expect(page('fr', 'backup')).toMatch(
      /^Usage : visavis backup \[options\] <fichier>\n[\s\S]*\nÀ donner :\n {2}fichier +fichier à écrire[\s\S]*\nOptions :\n {2}--lang <langue> +langue de ce qui est dit \(choix : "fr", "en", par défaut :\s+"fr"\)/,
    );
    expect(page('en', 'backup')).toMatch(
      /^Usage: visavis backup \[options\] <file>\n[\s\S]*\nArguments:\n {2}file +file to write[\s\S]*\nOptions:\n {2}--lang <language> +of what it says \(choices: "fr", "en", default: "en"\)/,
    );
    expect(page('fr', 'staff')).toMatch(/\nCommandes :\n {2}invite \[options\] +ouvrir un compte/);
  });

  it('what is to be filled in has a French name, everywhere', () => {
    const terms = everyCommand(programIn('en')).flatMap(([, command]) => [
      ...command.options.flatMap(({ flags }) => /[<[](.+?)(\.{3})?[>\]]$/.exec(flags)?.[1] ?? []),
      ...command.registeredArguments.map((each) => each.name()),
    ]);
    expect(terms.length).toBeGreaterThan(80);
    expect(terms.filter((term) => !isKnownPlaceholder(term))).toEqual([]);
  });

  it('no line of a French page begins with a sign that belongs to the word before it', () => {
    for (const [, command] of everyCommand(programIn('fr'))) expect(pageOf(command)).not.toMatch(/^ *[;:!?»]/m);
  });
});
