import { expect, test } from 'vitest';
import { solveLinear } from '../../platform/solver/solve-linear.ts';
import { backupModel, backupsOf, type Colleague, daysAwayTogether } from './backups.ts';

const at = (commune: string, epci: string) => ({ commune, epci, arrondissement: '391', departement: '39' });
const week = (month: number) => ({
  from: new Date(Date.UTC(2026, month, 1)),
  to: new Date(Date.UTC(2026, month, 8)),
});

function colleague(index: number, more: Partial<Colleague> = {}): Colleague {
  const pod = Math.floor(index / 3);
  return { advisorId: `a${index}`, podId: `p${pod}`, at: at(`c${index}`, `e${pod}`), away: [], backups: [], ...more };
}

async function assigned(colleagues: Colleague[]): Promise<Map<string, string[]>> {
  const model = backupModel(colleagues);
  const solved = await solveLinear(model.text);
  return backupsOf(model, (name) => (solved.ok ? (solved.parts.get(name) ?? 0) : 0));
}

test('everyone has two backups, of the same pod where there are enough, and nobody backs up more than three', async () => {
  const backups = await assigned([...Array(9).keys()].map((index) => colleague(index)));
  for (const [advisor, two] of backups) {
    expect(new Set(two).size).toBe(2);
    expect(two).not.toContain(advisor);
    for (const each of two) expect(Math.floor(Number(each[1]) / 3)).toBe(Math.floor(Number(advisor[1]) / 3));
  }
  const counts = [...backups.values()]
    .flat()
    .reduce((count, each) => count.set(each, (count.get(each) ?? 0) + 1), new Map<string, number>());
  expect(Math.max(...counts.values())).toBeLessThanOrEqual(3);
});

test('who is away at the same time is not a backup, even when near', async () => {
  const all = [...Array(9).keys()].map((index) => colleague(index, { away: [week(index % 2 ? 6 : 7)] }));
  const backups = await assigned(all);
  for (const [advisor, two] of backups)
    for (const backup of two) {
      const [one, other] = [advisor, backup].map((id) => all.find(({ advisorId }) => advisorId === id));
      expect(one && other && daysAwayTogether(one, other)).toBe(0);
    }
});

test('backups of now stay while nothing speaks against them', async () => {
  const now = (index: number) => [`a${(index + 4) % 9}`, `a${(index + 5) % 9}`];
  const all = [...Array(9).keys()].map((index) => colleague(index, { podId: 'p', at: null, backups: now(index) }));
  const backups = await assigned(all);
  for (const [advisor, two] of backups) expect(two.sort()).toEqual(now(Number(advisor[1])).sort());
});

test('of two, each backs up the other', async () => {
  expect(await assigned([colleague(0), colleague(1)])).toEqual(
    new Map([
      ['a0', ['a1']],
      ['a1', ['a0']],
    ]),
  );
});
