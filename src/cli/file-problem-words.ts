import type { z } from 'zod';
import type { Policy } from '../core/routing/policy.ts';
import type { Both } from '../platform/config/said-in-both.ts';
import { timeOfDay } from '../simulator/scenario-words.ts';

/** A field of a scenario file and what is expected there; zod's own sentences speak one language, and of types. */
export function scenarioProblem(issue: z.core.$ZodIssue): Both {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') return unknownFields(path, issue.keys);
  if (issue.code === 'custom' && issue.params) {
    const { fr, en } = issue.params as Both;
    return { fr: `${path} ${fr}`, en: `${path} ${en}` };
  }
  return expects(path, expected(issue));
}

/** A number or a choice of a policy file that routing cannot use, by its path. */
export function policyProblem(path: string): Both {
  return expects(path, particular[path] ?? { fr: 'un nombre, au moins 0', en: 'a number, at least 0' });
}

/** A section of a policy file that is something else, by its name. */
export function sectionExpected(name: string): Both {
  return expects(name, section);
}

const ANSWERING: Record<Policy['people']['answer'], true> = { own_first: true, anyone: true, own_only: true };
const RINGING_BACK: Record<Policy['people']['ringBack'], true> = { own_first: true, anyone: true, nobody: true };

const particular: Record<string, Both> = {
  version: { fr: 'un nom pour ces règles', en: 'a name for these rules' },
  'people.answer': oneOf(Object.keys(ANSWERING)),
  'people.ringBack': oneOf(Object.keys(RINGING_BACK)),
  'call.holdForOwnMostSeconds': { fr: 'un nombre de 0 à 60', en: 'a number from 0 to 60' },
  'commitments.remindAtShare': { fr: 'une part de 0 à 1', en: 'a share from 0 to 1' },
};

function expects(path: string, what: Both): Both {
  return { fr: `${path} : écrivez ${what.fr}.`, en: `${path}: write ${what.en}.` };
}

function unknownFields(section: string, keys: readonly string[]): Both {
  const names = keys.map((key) => (section ? `${section}.${key}` : key)).join(', ');
  return {
    fr: `${names} : aucun scénario ne contient cela. Vérifiez l'orthographe, ou retirez-le.`,
    en: `${names}: no scenario has this. Check the spelling, or take it out.`,
  };
}

function expected(issue: z.core.$ZodIssue): Both {
  switch (issue.code) {
    case 'invalid_type':
      return types[issue.expected] ?? anotherValue;
    case 'invalid_value':
      return oneOf(issue.values.map(String));
    case 'invalid_format':
      return timeOfDay;
    case 'too_small':
      return atLeast(issue);
    case 'too_big':
      return bounded[issue.origin]?.most(Number(issue.maximum)) ?? anotherValue;
    default:
      return anotherValue;
  }
}

const section: Both = { fr: 'une section entre { et }', en: 'a section between { and }' };
const types: Partial<Record<string, Both>> = {
  number: { fr: 'un nombre', en: 'a number' },
  int: { fr: 'un nombre entier', en: 'a whole number' },
  string: { fr: 'un texte entre guillemets', en: 'a text in quotes' },
  array: { fr: 'une liste entre [ et ]', en: 'a list between [ and ]' },
  object: section,
};
const anotherValue: Both = { fr: 'une autre valeur', en: 'another value' };

function oneOf(values: readonly string[]): Both {
  const list = values.map((value) => `"${value}"`).join(', ');
  return { fr: `l'une de ces valeurs : ${list}`, en: `one of ${list}` };
}

function atLeast({ origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): Both {
  if (inclusive === false) return { fr: `un nombre supérieur à ${minimum}`, en: `a number above ${minimum}` };
  return bounded[origin]?.least(Number(minimum)) ?? anotherValue;
}

type Bound = (value: number) => Both;

/** What a bound is counted in. */
const bounded: Partial<Record<string, { least: Bound; most: Bound }>> = {
  number: {
    least: (value) => ({ fr: `un nombre, au moins ${value}`, en: `a number, at least ${value}` }),
    most: (value) => ({ fr: `un nombre, au plus ${value}`, en: `a number, at most ${value}` }),
  },
  int: {
    least: (value) => ({ fr: `un nombre entier, au moins ${value}`, en: `a whole number, at least ${value}` }),
    most: (value) => ({ fr: `un nombre entier, au plus ${value}`, en: `a whole number, at most ${value}` }),
  },
  string: {
    least: () => ({ fr: 'un texte qui ne soit pas vide', en: 'a text that is not empty' }),
    most: (value) => ({ fr: `un texte de ${value} signes au plus`, en: `a text of ${value} characters at most` }),
  },
  array: {
    least: (value) => ({ fr: `une liste d'au moins ${value} valeur`, en: `a list of at least ${value} value` }),
    most: (value) => ({ fr: `une liste d'au plus ${value} valeurs`, en: `a list of at most ${value} values` }),
  },
};
