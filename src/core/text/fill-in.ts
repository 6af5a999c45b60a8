import { ofName, toName } from './french-names.ts';

/**
 * Fills in a text of a catalogue: `{name}` is the value itself, `{de name}` and `{à name}` are French and join it as it
 * begins: "d’Ornans", "des Rousses", "au Frasnois". Without a value the mark stays.
 */
export function fillIn(text: string, valueFor: (key: string) => string | number | undefined): string {
  return text.replace(/\{(?:(de|à) )?(\w+)\}/gi, (mark, word: string | undefined, key: string) => {
    const value = valueFor(key);
    if (value === undefined) return mark;
    if (word === undefined) return String(value);
    const joined = word.toLowerCase() === 'de' ? ofName(String(value)) : toName(String(value));
    return word === word.toLowerCase() ? joined : `${joined.charAt(0).toUpperCase()}${joined.slice(1)}`;
  });
}
