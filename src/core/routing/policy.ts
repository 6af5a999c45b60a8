/** Every number the rules of routing use, as data with a version, so that a draft can be replayed against last week. */
export interface Policy {
  readonly version: string;
  readonly people: {
    /** Who answers calls: the own advisor, then backups, pod, anyone; anyone alike (a hotline); the own advisor alone. */
    readonly answer: 'own_first' | 'anyone' | 'own_only';
    /** Who is offered to ring back: the own advisor, else a backup; whoever is free then (no name); nobody. */
    readonly ringBack: 'own_first' | 'anyone' | 'nobody';
  };
  readonly call: {
    /** How long one advisor's phone rings before the next one's does. */
    readonly ringSeconds: number;
    /** How long a caller may be held for their own advisor who is finishing. Never over 60 (invariant 4). */
    readonly holdForOwnMostSeconds: number;
    /** How long an advisor has to write up a call before the next one. */
    readonly wrapUpSeconds: number;
    /** How long someone who wants a person now may wait in the queue before we promise instead. */
    readonly waitMostSeconds: number;
    /** A ring list shorter than this is filled up with free advisors from outside the pod. */
    readonly fewestAttempts: number;
  };
  readonly handle: {
    readonly meanMinutes: number;
    /** Expected rest of a call met at any moment: mean × (1 + cv²) ÷ 2, which is the mean itself for cv 1. */
    readonly residualMinutes: number;
  };
  /** d = max(shortest, base + factor × (residual + handlesPerCallback × mean × open callbacks)), in minutes. */
  readonly offer: {
    readonly shortestMinutes: number;
    readonly baseMinutes: number;
    readonly factor: number;
    readonly handlesPerCallback: number;
    /** Who is expected to ring back within `soonExpectedMinutes` promises no later than this: more people accept it. */
    readonly soonMinutes: number;
    readonly soonExpectedMinutes: number;
    /** An offer is made while at most so many colleagues could answer instead: fewer here, and more speak to someone at once. */
    readonly mostFreeOthers: number;
    /** An advisor with this many open callbacks is offered no more of today. */
    readonly mostOpenCallbacks: number;
    readonly pastClosingMinutes: number;
    /** Times are told to people: they are rounded up to a multiple of this; 0 leaves them as they are. */
    readonly roundUpToMinutes: number;
    /** An own advisor who is back this soon (lunch) is offered rather than a backup's callback. */
    readonly ownBackSoonMinutes: number;
    /** "When X is back" is offered up to this many days ahead. */
    readonly ownBackWithinDays: number;
    /** A promise for another day is kept within this many working minutes of the opening or of the return. */
    readonly nextOpeningMinutes: number;
  };
  readonly onFree: {
    /** Head start of callers whose backup I am, and of my pod's, over those who have waited as long. */
    readonly backupSeniorityMinutes: number;
    readonly podSeniorityMinutes: number;
    /** Who owes a callback leaves strangers to others until they have waited this long. */
    readonly strangerWaitsMinutes: number;
    /** A callback this late is made by the owner's backups. */
    readonly lateCallbackMinutes: number;
    /** Working minutes after which a message is taken over: by the owner's backups, then by the whole pod. */
    readonly backedUpMessageMinutes: number;
    readonly podMessageMinutes: number;
  };
  readonly written: {
    /** Working minutes the duty owner has to sort what came from someone unknown. */
    readonly trayWithinMinutes: number;
  };
  readonly commitments: {
    /** Share of the working time after which the owner is reminded. */
    readonly remindAtShare: number;
    /** Working minutes the backup, then the lead, has to mend a broken commitment. */
    readonly backupWithinMinutes: number;
    readonly leadWithinMinutes: number;
  };
}

/** The numbers found in simulated weeks (docs/routing.md). */
export const STANDARD_POLICY: Policy = {
  version: '2026-11-standard-3',
  people: { answer: 'own_first', ringBack: 'own_first' },
  call: { ringSeconds: 20, holdForOwnMostSeconds: 60, wrapUpSeconds: 60, waitMostSeconds: 600, fewestAttempts: 3 },
  handle: { meanMinutes: 8, residualMinutes: 8 },
  offer: {
    shortestMinutes: 15,
    baseMinutes: 10,
    factor: 1.5,
    handlesPerCallback: 1.3,
    soonMinutes: 25,
    soonExpectedMinutes: 20,
    mostFreeOthers: 1000,
    mostOpenCallbacks: 12,
    pastClosingMinutes: 20,
    roundUpToMinutes: 5,
    ownBackSoonMinutes: 90,
    ownBackWithinDays: 3,
    nextOpeningMinutes: 120,
  },
  onFree: {
    backupSeniorityMinutes: 1,
    podSeniorityMinutes: 0.3,
    strangerWaitsMinutes: 6,
    lateCallbackMinutes: 15,
    backedUpMessageMinutes: 120,
    podMessageMinutes: 240,
  },
  written: { trayWithinMinutes: 120 },
  commitments: { remindAtShare: 0.75, backupWithinMinutes: 120, leadWithinMinutes: 60 },
};

type Section = Exclude<keyof Policy, 'version'>;

/** What an operator may change: any number of any section, under a version name of their own. */
export type PolicyChanges = { readonly version: string } & {
  readonly [section in Section]?: Partial<Policy[section]>;
};

/** The standard policy with an operator's changes. */
export function policyWith(changes: PolicyChanges, standard: Policy = STANDARD_POLICY): Policy {
  return {
    version: changes.version,
    people: { ...standard.people, ...changes.people },
    call: { ...standard.call, ...changes.call },
    handle: { ...standard.handle, ...changes.handle },
    offer: { ...standard.offer, ...changes.offer },
    onFree: { ...standard.onFree, ...changes.onFree },
    written: { ...standard.written, ...changes.written },
    commitments: { ...standard.commitments, ...changes.commitments },
  };
}

const ANSWERING = ['own_first', 'anyone', 'own_only'];
const RINGING_BACK = ['own_first', 'anyone', 'nobody'];

/** What makes a policy unusable, as paths such as `call.ringSeconds`; empty when it can be used. */
export function policyProblems(policy: Policy): string[] {
  const { version, people, ...sections } = policy;
  const problems = Object.entries(sections).flatMap(([section, numbers]) =>
    Object.entries(numbers)
      .filter(([, value]) => typeof value !== 'number' || !Number.isFinite(value) || value < 0)
      .map(([name]) => `${section}.${name}`),
  );
  if (version === '') problems.push('version');
  if (!ANSWERING.includes(people.answer)) problems.push('people.answer');
  if (!RINGING_BACK.includes(people.ringBack)) problems.push('people.ringBack');
  if (policy.call.holdForOwnMostSeconds > 60) problems.push('call.holdForOwnMostSeconds');
  if (policy.commitments.remindAtShare > 1) problems.push('commitments.remindAtShare');
  return problems;
}
