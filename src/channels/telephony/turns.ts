import type { Command } from '../../desk/tx.ts';

/** Something that happened to a call, to be written down. */
export interface Work {
  /** The call: works of one call are done one after the other. */
  call: string;
  /** Who calls: two calls of the same caller never share a transaction. */
  caller: string;
  /** What a screen or the next decision waits for comes before the rest. */
  soon: boolean;
  /** Must be there before it begins; asked again when it is tried again. Does not throw. */
  after?: (() => Promise<unknown> | undefined) | undefined;
  command: Command<unknown>;
}

export interface Turns {
  add(work: Work): void;
  /** How many are not done. */
  count(): number;
  /** Resolves when everything that was added is done. */
  settled(): Promise<void>;
}

/** Works of a group that are not done with it: the rest of their call waits until they are. */
export type Unfinished = ReadonlyMap<Work, Promise<void>>;

/** In one transaction. */
const MOST_TOGETHER = 24;
/** Of these, such that nobody waits for: a group must end soon, for those of the next one. */
const MOST_LATER = 8;
/** A group begins no sooner after the one before: what comes in a rush costs less the more of it is written at once. */
const GATHER_MS = 25;

/**
 * Has works done in groups, one group at a time, so that whoever answers callers finds a processor free. Works of one call
 * stay in their order. Who comes alone begins at once. `doAll` must not throw; it tells which are not done, if any.
 */
export function takeTurns(doAll: (works: readonly Work[]) => Promise<Unfinished | undefined>): Turns {
  const waiting: { soon: Work[]; later: Work[] } = { soon: [], later: [] };
  const behind = new Map<string, Work[]>();
  let lastBegan = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let busy = false;
  let count = 0;
  let idle: (() => void)[] = [];
  const next = () => {
    if (behind.size === 0) {
      for (const done of idle) done();
      idle = [];
    }
    if (busy || timer || behind.size === 0) return;
    const early = lastBegan + GATHER_MS - performance.now();
    if (early <= 0) return void run();
    timer = setTimeout(() => {
      timer = undefined;
      void run();
    }, early);
  };
  const run = async () => {
    lastBegan = performance.now();
    busy = true;
    const group: Work[] = [];
    takeFrom(waiting.soon, group, MOST_TOGETHER);
    takeFrom(waiting.later, group, Math.min(MOST_TOGETHER, group.length + MOST_LATER));
    await Promise.all(group.map(({ after }) => after?.()));
    const unfinished = await doAll(group);
    busy = false;
    for (const work of group) {
      const end = unfinished?.get(work);
      if (end) void end.then(() => letGo(work)).then(next);
      else letGo(work);
    }
    next();
  };
  const letGo = ({ call }: Work) => {
    count -= 1;
    const after = behind.get(call)?.shift();
    if (after) waiting[after.soon ? 'soon' : 'later'].push(after);
    else behind.delete(call);
  };
  return {
    add: (work) => {
      count += 1;
      const others = behind.get(work.call);
      if (others) others.push(work);
      else {
        behind.set(work.call, []);
        waiting[work.soon ? 'soon' : 'later'].push(work);
      }
      next();
    },
    count: () => count,
    settled: () => (behind.size === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve))),
  };
}

/** Moves the first ones into the group until it has so many, leaving those whose caller is in it already. */
function takeFrom(waiting: Work[], group: Work[], most: number): void {
  const callers = new Set(group.map(({ caller }) => caller));
  for (let at = 0; at < waiting.length && group.length < most; ) {
    const work = waiting[at];
    if (!work || (work.caller && callers.has(work.caller))) {
      at += 1;
      continue;
    }
    waiting.splice(at, 1);
    callers.add(work.caller);
    group.push(work);
  }
}
