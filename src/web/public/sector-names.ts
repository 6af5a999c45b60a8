import type { Scene } from '../ui/page.tsx';

/** Names as people read them: "Battant 1, Battant 2, Battant 3" is "Battant 1 à 3". Order is kept. */
export function shortList(names: readonly string[], { say }: Pick<Scene, 'say'>): string[] {
  const runs: { name: string; first: number; last: number }[] = [];
  const short: string[] = [];
  for (const full of names) {
    const [, name = full, digits] = /^(.*\D) (\d+)$/.exec(full) ?? [];
    const run = runs.at(-1);
    const number = Number(digits);
    if (digits && run?.name === name && number === run.last + 1) {
      run.last = number;
      short[short.length - 1] = say('sectorRange', run);
      continue;
    }
    runs.push({ name, first: number, last: number });
    short.push(full);
  }
  return short;
}
