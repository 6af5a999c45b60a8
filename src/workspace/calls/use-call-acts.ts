import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Dialled } from '../../web/api/workspace/shapes.ts';
import { Refused, send } from '../api/client.ts';
import { names } from '../api/queries.ts';
import { refusalWords } from '../shell/refusal.ts';
import { useWords } from '../words/use-words.tsx';

const base = '/api/v1/workspace/calls';

/** What can be done with calls: at once, each with a sentence when it could not be. */
export function useCallActs() {
  const queries = useQueryClient();
  const say = useWords();
  const [problem, setProblem] = useState<string | null>(null);
  const run = async <Result>(path: string, body: unknown): Promise<Result | undefined> => {
    setProblem(null);
    try {
      return await send<Result>('POST', path, body);
    } catch (error) {
      setProblem(error instanceof Refused ? refusalWords(error.problem, say) : say('loadFailed'));
      return undefined;
    } finally {
      for (const queryKey of [names.calls, names.callbacks, names.me]) void queries.invalidateQueries({ queryKey });
    }
  };
  const at = (id: string) => `${base}/${encodeURIComponent(id)}`;
  return {
    problem,
    setProblem,
    nameCaller: (id: string, customerId: string) => run(`${at(id)}/caller`, { customerId }),
    addNumber: (id: string) => run(`${at(id)}/number`, {}),
    finishing: () => run(`${base}/presence`, { doing: 'finishing' }),
    take: (id: string) => run(`${at(id)}/take`, {}),
    passOn: async (id: string, toAdvisorId: string, words: string): Promise<boolean> => {
      let failed = false;
      await send('POST', `${at(id)}/pass`, { toAdvisorId, words }).catch((error: unknown) => {
        failed = true;
        setProblem(error instanceof Refused ? refusalWords(error.problem, say) : say('loadFailed'));
      });
      void queries.invalidateQueries({ queryKey: names.calls });
      return !failed;
    },
    finish: () => run(`${base}/presence`, { doing: 'finished' }),
    offThePhone: () => run(`${base}/presence`, { doing: 'offThePhone' }),
    pause: (paused: boolean) => run(`${base}/presence`, { doing: paused ? 'paused' : 'back' }),
    seeMissed: () => run(`${base}/seen`, {}),
    outcome: (id: string, talked: boolean) => run(`${at(id)}/outcome`, { talked }),
    /** Nobody but the advisor tells that it is over, or (false) that it goes on after all. */
    over: (id: string, over: boolean) => run(`${at(id)}/over`, { over }),
    note: async (note: { customerId: string; direction: 'in' | 'out'; text: string }): Promise<boolean> => {
      let failed = false;
      await send('POST', `${base}/note`, note).catch((error: unknown) => {
        failed = true;
        setProblem(error instanceof Refused ? refusalWords(error.problem, say) : say('loadFailed'));
      });
      return !failed;
    },
    /** The phone system dials; without one the call is noted and the number goes to the phone beside the screen. */
    dial: async (customerId: string, commitmentId: string | null): Promise<void> => {
      const placed = await run<Dialled>(base, { customerId, commitmentId });
      if (placed && !placed.bySwitch) location.assign(`tel:${placed.phone}`);
    },
  };
}

export type CallActs = ReturnType<typeof useCallActs>;
