import type { Client } from './http.ts';
import { type Measured, measure } from './measure.ts';
import { rareWord } from './words.ts';

/** What is read all day: lists of advisors, timelines of customers, words that are looked for. */
export interface ReadTargets {
  advisors: readonly string[];
  customers: readonly string[];
}

const SEARCHES = [
  'technicien',
  'panne',
  'ligne coupée',
  'Vuillemin',
  'famille girod',
  'customer123@',
  'rendez-vous poteau',
  ...Array.from({ length: 13 }, (_, index) => rareWord(index * 173)),
];

export async function reads(
  client: Client,
  targets: ReadTargets,
  seconds: number,
): Promise<Record<'inbox' | 'timeline' | 'search', Measured>> {
  const from = (list: readonly string[], turn: number, worker: number) => list[(turn * 7 + worker * 31) % list.length];
  const read = (path: (worker: number, turn: number) => string) =>
    measure(2, seconds, async (worker, turn) => {
      const { status } = await client.get(path(worker, turn));
      if (status !== 200) throw new Error(`answered ${status}`);
    });
  const inbox = (worker: number, turn: number) => `/api/v1/advisors/${from(targets.advisors, turn, worker)}/inbox`;
  const timeline = (worker: number, turn: number) =>
    `/api/v1/customers/${from(targets.customers, turn, worker)}/timeline`;
  const search = (worker: number, turn: number) =>
    `/api/v1/search?q=${encodeURIComponent(SEARCHES[(turn + worker * 5) % SEARCHES.length] ?? '')}`;
  return { inbox: await read(inbox), timeline: await read(timeline), search: await read(search) };
}
