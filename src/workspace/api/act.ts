import { v7 as newId } from 'uuid';
import type { Action, HeldAction } from '../../web/api/workspace/shapes.ts';
import { Refused, send, Unreachable } from './client.ts';
import { setConnected } from './live.ts';
import type { Problem } from './problem.ts';

/** An action of mine that has not happened yet: on its way, held on the server while it can be undone, or waiting for the connection. */
export interface Doing {
  id: string;
  action: Action;
  /** The customer's name, for the sentence. */
  name: string;
  state: 'sending' | 'held' | 'unsent';
  /** By this device's clock; until then it can be undone. */
  until: number;
}

/** Something to tell about an action. */
export type Notice =
  | { id: string; kind: 'refused'; action: Action; name: string; problem: Problem }
  | { id: string; kind: 'undone' | 'tooLate' };

interface Acts {
  doing: readonly Doing[];
  notices: readonly Notice[];
}

const QUEUE = 'visavis-unsent';
const HELD_MS = 10_000;
/** How long a finished action stays hidden until the server's own state has come. */
const SETTLE_MS = 2_500;

let acts: Acts = { doing: readQueue(), notices: [] };
const watchers = new Set<() => void>();
/** Deliveries on their way: undoing waits for its own, or it would come before what it undoes. */
const under = new Map<string, Promise<void>>();

export const actStore = {
  get: () => acts,
  watch: (watcher: () => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  },
};

/** Does something at once on the screen; the server holds it for ten seconds before it happens. */
export function act(action: Action, name: string): void {
  const doing: Doing = { id: newId(), action, name, state: 'sending', until: Date.now() + HELD_MS };
  change({ doing: [...acts.doing, doing] });
  under.set(doing.id, deliver(doing));
}

/** Undoes the newest action that can still be undone. Resolves to it, or to null when there is none or it is too late. */
export async function undo(id?: string): Promise<Doing | null> {
  const doing = id ? acts.doing.find((each) => each.id === id) : acts.doing.findLast((each) => each.until > Date.now());
  if (!doing) return null;
  change({ doing: acts.doing.filter((each) => each.id !== doing.id) });
  if (doing.state === 'unsent') return told(doing, 'undone');
  try {
    await under.get(doing.id);
    await send('POST', `/api/v1/workspace/actions/${doing.id}/undo`);
    return told(doing, 'undone');
  } catch (error) {
    if (error instanceof Unreachable) {
      change({ doing: [...acts.doing, doing] });
      return null;
    }
    told(doing, 'tooLate');
    return null;
  }
}

/** Sends again what could not be sent; called when the server is heard again. */
export function sendUnsent(): void {
  for (const doing of acts.doing) if (doing.state === 'unsent') under.set(doing.id, deliver(doing));
}

/** What the server could not carry out after all. */
export function refusedLater(held: HeldAction, name: string): void {
  if (acts.notices.some((notice) => notice.id === held.id)) return;
  const problem: Problem = { title: '', status: 409, detail: '', refusal: held.refusal ?? 'failed' };
  change({ notices: [...acts.notices, { id: held.id, kind: 'refused', action: held.action, name, problem }] });
}

/** Takes a notice away; what was refused later is not told again. */
export function dismiss(notice: Notice): void {
  change({ notices: acts.notices.filter((each) => each.id !== notice.id) });
  if (notice.kind === 'refused') send('POST', `/api/v1/workspace/actions/${notice.id}/seen`).catch(() => undefined);
}

async function deliver(doing: Doing): Promise<void> {
  replace({ ...doing, state: 'sending' });
  try {
    await send<{ id: string }>('POST', '/api/v1/workspace/actions', { id: doing.id, action: doing.action });
    const held: Doing = { ...doing, state: 'held', until: Date.now() + HELD_MS };
    replace(held);
    setTimeout(() => change({ doing: acts.doing.filter((each) => each.id !== doing.id) }), HELD_MS + SETTLE_MS);
  } catch (error) {
    if (error instanceof Unreachable) {
      setConnected(false);
      replace({ ...doing, state: 'unsent', until: Number.POSITIVE_INFINITY });
    } else rollBack(doing, error);
  }
}

function rollBack(doing: Doing, error: unknown): void {
  const problem: Problem =
    error instanceof Refused ? error.problem : { title: '', status: 404, detail: '', refusal: 'not_found' };
  change({
    doing: acts.doing.filter((each) => each.id !== doing.id),
    notices: [...acts.notices, { id: doing.id, kind: 'refused', action: doing.action, name: doing.name, problem }],
  });
}

function told(doing: Doing, kind: 'undone' | 'tooLate'): Doing {
  const notice: Notice = { id: `${doing.id}-${kind}`, kind };
  change({ notices: [...acts.notices, notice] });
  setTimeout(() => change({ notices: acts.notices.filter((each) => each.id !== notice.id) }), 4_000);
  return doing;
}

function replace(doing: Doing): void {
  if (!acts.doing.some((each) => each.id === doing.id)) return;
  change({ doing: acts.doing.map((each) => (each.id === doing.id ? doing : each)) });
}

function change(next: Partial<Acts>): void {
  acts = { ...acts, ...next };
  writeQueue(acts.doing.filter((doing) => doing.state === 'unsent'));
  for (const watch of watchers) watch();
}

/** What could not be sent survives closing the page. */
function writeQueue(unsent: readonly Doing[]): void {
  if (unsent.length === 0) localStorage.removeItem(QUEUE);
  else localStorage.setItem(QUEUE, JSON.stringify(unsent.map((doing) => ({ ...doing, until: 0 }))));
}

function readQueue(): Doing[] {
  const stored = JSON.parse(localStorage.getItem(QUEUE) ?? '[]') as Doing[];
  return stored.map((doing) => ({ ...doing, state: 'unsent' as const, until: Number.POSITIVE_INFINITY }));
}
