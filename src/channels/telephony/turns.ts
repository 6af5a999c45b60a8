/** Work that must be done in its order, and how soon. */
export interface Work {
  /** Of this call; works of one call are done one after the other. */
  key: string;
  /** What a screen or the next decision waits for comes before the rest. */
  soon: boolean;
  do(): Promise<void>;
}

export interface Turns {
  add(work: Work): void;
  /** Nothing more is begun until this is over. */
  first(answer: Promise<unknown>): void;
  /** Resolves when everything that was added is done. */
  settled(): Promise<void>;
}

/** Transactions at once: while many calls come in, whoever has to answer them must find the machine free. */
const AT_ONCE = 2;
/** Of these, such that nobody waits for. */
const LATER_AT_ONCE = 1;

/** Takes the works of one call one after the other and those of different calls at once, but few. `do` must not throw. */
export function takeTurns(): Turns {
  const waiting: { soon: Work[]; later: Work[] } = { soon: [], later: [] };
  const behind = new Map<string, Work[]>();
  const busy = { soon: 0, later: 0 };
  let answering = 0;
  let idle: (() => void)[] = [];
  const next = () => {
    while (answering === 0 && busy.soon + busy.later < AT_ONCE) {
      const work = waiting.soon.shift() ?? (busy.later < LATER_AT_ONCE ? waiting.later.shift() : undefined);
      if (!work) break;
      void run(work);
    }
    if (behind.size > 0) return;
    for (const done of idle) done();
    idle = [];
  };
  const run = async (work: Work) => {
    const kind = work.soon ? 'soon' : 'later';
    busy[kind] += 1;
    await work.do();
    busy[kind] -= 1;
    const after = behind.get(work.key)?.shift();
    if (after) waiting[after.soon ? 'soon' : 'later'].push(after);
    else behind.delete(work.key);
    next();
  };
  return {
    add: (work) => {
      const others = behind.get(work.key);
      if (others) others.push(work);
      else {
        behind.set(work.key, []);
        waiting[work.soon ? 'soon' : 'later'].push(work);
      }
      next();
    },
    first: (answer) => {
      answering += 1;
      const over = () => {
        answering -= 1;
        next();
      };
      answer.then(over, over);
    },
    settled: () => (behind.size === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve))),
  };
}
