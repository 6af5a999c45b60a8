import { searchKey } from '../../../core/identity/search-key.ts';
import type { Locale } from '../../../core/text/typeset.ts';

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const codes = letters.flatMap((first) => letters.map((second) => first + second));
const known = new Map<Locale, Map<string, string>>();

/** Language codes as names to type over: "français, allemand". */
export function languageWords(list: readonly string[], locale: Locale): string {
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  return list.map((code) => names.of(code) ?? code).join(', ');
}

/** Codes of the languages somebody typed by name or code, and what is no language. */
export function readLanguages(typed: string, locale: Locale): { codes: string[]; unknown: string[] } {
  const parts = typed.split(/[,;/\n]| et | and /iu).map((part) => part.trim());
  const named = parts.filter(Boolean).map((part) => ({ part, code: codeOf(part, locale) }));
  return {
    codes: [...new Set(named.flatMap(({ code }) => code ?? []))],
    unknown: named.filter(({ code }) => !code).map(({ part }) => part),
  };
}

function codeOf(part: string, locale: Locale): string | undefined {
  let names = known.get(locale);
  if (!names) {
    names = namesOf(locale);
    known.set(locale, names);
  }
  return names.get(searchKey(part));
}

function namesOf(locale: Locale): Map<string, string> {
  const display = new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' });
  return new Map(
    codes.flatMap((code): [string, string][] => {
      const name = display.of(code);
      return name
        ? [
            [searchKey(name), code],
            [code, code],
          ]
        : [];
    }),
  );
}
