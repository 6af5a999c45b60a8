import { type Sentence, speak, type WordKey, words } from './ui/words/words.ts';

/** What zod says of a value, as far as it decides the sentence. */
export interface WrongValue {
  code?: string | undefined;
  path: readonly PropertyKey[];
  message: string;
  expected?: unknown;
  origin?: unknown;
  format?: unknown;
  exact?: unknown;
  minimum?: unknown;
  maximum?: unknown;
  values?: unknown;
  options?: unknown;
  keys?: unknown;
}

/**
 * Each wrong field with a sentence that says how to mend it. zod's own messages are in one language, decided for the whole
 * process, and speak of types; a schema names a sentence of ours by its key.
 */
export function explainIssues(issues: readonly WrongValue[]): { field: string; says: Sentence }[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys')
      return listOf(issue.keys).map((key) => ({ field: [...path, key].join('.'), says: 'unknownField' as const }));
    return [{ field: path.join('.'), says: sentenceFor(issue) }];
  });
}

function sentenceFor(issue: WrongValue): Sentence {
  if (issue.message in words) return issue.message as WordKey;
  switch (issue.code) {
    case 'invalid_type':
      return types[String(issue.expected)] ?? 'needsForm';
    case 'invalid_value':
    case 'invalid_union':
      return oneOf(listOf(issue.values ?? issue.options));
    case 'invalid_format':
      return formats[String(issue.format)] ?? 'needsForm';
    case 'too_small':
    case 'too_big':
      return wrongSize(issue);
    default:
      return 'needsForm';
  }
}

const types: Record<string, WordKey> = {
  string: 'needsText',
  boolean: 'needsTrueOrFalse',
  array: 'needsList',
  object: 'needsObject',
};
const formats: Record<string, WordKey> = {
  uuid: 'needsId',
  datetime: 'needsInstant',
  date: 'needsDate',
  url: 'needsAddress',
};

function wrongSize({ code, origin, exact, minimum, maximum }: WrongValue): Sentence {
  if (origin === 'string' && exact === true) return counted('needsExactly', minimum ?? maximum);
  if (code === 'too_small') return origin === 'string' && minimum === 1 ? 'needsSomething' : 'needsForm';
  if (origin === 'array') return counted('needsFewerItems', maximum);
  return origin === 'string' ? counted('needsFewerCharacters', maximum) : 'needsForm';
}

function counted(key: WordKey, count: unknown): Sentence {
  return (locale) => speak(locale)(key, { count: Number(count).toLocaleString(locale) });
}

function oneOf(choices: readonly string[]): Sentence {
  if (choices.length === 0) return 'needsForm';
  return (locale) => speak(locale)('needsOneOf', { choices: choices.join(', ') });
}

function listOf(values: unknown): string[] {
  return Array.isArray(values) ? values.map(String) : [];
}
