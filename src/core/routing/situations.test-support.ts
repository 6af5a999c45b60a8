import fc from 'fast-check';
import type { Calendar } from '../calendar/calendar.ts';
import { CLOSED_WEEK } from '../calendar/weekly-hours.ts';
import { policyWith } from './policy.ts';
import type { CallRequest, WrittenRequest } from './request.ts';
import type { AdvisorId, AdvisorState, Away, Situation, WaitingCaller } from './situation.ts';

// Builders and generators for tests of routing. Two pods of four: ana, bo, cy, di and eva, flo, gus, hal.

export const MINUTE = 60_000;

/** Rules are tested with the numbers of their specification; the standard's are tuned and may move. */
export const SPECIFIED = policyWith({
  version: 'as specified',
  offer: { handlesPerCallback: 2, mostOpenCallbacks: 6 },
  onFree: { strangerWaitsMinutes: 1, lateCallbackMinutes: 15 },
});
const day = [
  { from: '08:30', to: '12:00' },
  { from: '13:30', to: '18:00' },
];
export const OFFICE: Calendar = {
  timeZone: 'Europe/Paris',
  hours: { ...CLOSED_WEEK, 1: day, 2: day, 3: day, 4: day, 5: day },
  holidays: ['2026-12-25'],
};

/** A local time in Besançon in winter: `paris('2026-11-23 10:00')`, a Monday. */
export function paris(local: string): number {
  return Date.parse(`${local.replace(' ', 'T')}:00+01:00`);
}

export const MONDAY_AT_TEN = paris('2026-11-23 10:00');

const PODS: Readonly<Record<string, readonly AdvisorId[]>> = {
  north: ['ana', 'bo', 'cy', 'di'],
  south: ['eva', 'flo', 'gus', 'hal'],
};
export const EVERYONE: readonly AdvisorId[] = Object.values(PODS).flat();

/** Everyone idle on Monday at ten, changed as told. ana's backups are bo and cy, and so on round the pod. */
export function situation(
  advisors: Readonly<Record<AdvisorId, Partial<AdvisorState>>> = {},
  rest: Partial<Omit<Situation, 'advisors'>> = {},
): Situation {
  const now = rest.now ?? MONDAY_AT_TEN;
  const states = Object.entries(PODS).flatMap(([podId, members]) =>
    members.map((id, place) => [id, { ...atRest(podId, members, place, now), ...advisors[id] }] as const),
  );
  return {
    now,
    calendar: OFFICE,
    advisors: Object.fromEntries(states),
    pods: PODS,
    everyone: EVERYONE,
    waiting: [],
    leadId: 'hal',
    ...rest,
  };
}

function atRest(podId: string, members: readonly AdvisorId[], place: number, now: number): AdvisorState {
  const at = (step: number): AdvisorId => members[(place + step + members.length) % members.length] ?? '';
  return {
    podId,
    backups: [at(1), at(2)],
    backsUp: [at(-1), at(-2)],
    doing: 'idle',
    since: now - 5 * MINUTE,
    away: null,
    lastServedAt: now - 5 * MINUTE,
    callbacks: [],
    messages: [],
  };
}

export const ON_CALL = { doing: 'call', since: MONDAY_AT_TEN - 3 * MINUTE } as const;

export function owing(count: number): Pick<AdvisorState, 'callbacks'> {
  const callbacks = Array.from({ length: count }, (_, index) => ({
    id: `callback-${index}`,
    dueAt: MONDAY_AT_TEN + (index + 1) * 20 * MINUTE,
    notBefore: 0,
  }));
  return { callbacks };
}

export function absentUntil(backAt: number | null, coverId: AdvisorId | null = null): Partial<AdvisorState> {
  return { doing: 'off', away: { why: 'absence', backAt, coverId } };
}

export function callFor(ownId: AdvisorId | null, rest: Partial<CallRequest> = {}): CallRequest {
  const known = ownId !== null;
  return { channel: 'call', ownId, numberOnFile: known, ringBack: 'ask', declined: false, tried: [], ...rest };
}

const advisor = fc.constantFrom(...EVERYONE);
const instant = fc.integer({ min: paris('2026-11-20 00:00'), max: paris('2026-12-31 00:00') });

function awayAt(now: number): fc.Arbitrary<Away> {
  return fc.record({
    why: fc.constantFrom('lunch', 'absence', 'hours'),
    backAt: fc.option(fc.integer({ min: 1, max: 9 * 24 * 60 }).map((minutes) => now + minutes * MINUTE)),
    coverId: fc.option(advisor),
  });
}

function stateAt(now: number): fc.Arbitrary<Partial<AdvisorState>> {
  const earlier = fc.integer({ min: 0, max: 600 }).map((minutes) => now - minutes * MINUTE);
  const callback = fc.record({ id: fc.uuid(), dueAt: earlier.map((at) => at + 300 * MINUTE), notBefore: earlier });
  const message = fc.record({ id: fc.uuid(), receivedAt: earlier });
  return fc
    .record({
      doing: fc.constantFrom('idle', 'ringing', 'call', 'wrapUp', 'message', 'off'),
      since: fc.integer({ min: 0, max: 400 }).map((seconds) => now - seconds * 1000),
      away: fc.option(awayAt(now), { freq: 3 }),
      lastServedAt: earlier,
      callbacks: fc.array(callback, { maxLength: 9 }),
      messages: fc.array(message, { maxLength: 3 }),
    })
    .map((state) => ({
      ...state,
      callbacks: state.callbacks.sort((a, b) => a.dueAt - b.dueAt),
      messages: state.messages.sort((a, b) => a.receivedAt - b.receivedAt),
    }));
}

function waitingAt(now: number): fc.Arbitrary<WaitingCaller> {
  return fc.record({
    id: fc.uuid(),
    ownId: fc.option(advisor),
    since: fc.integer({ min: 0, max: 400 }).map((seconds) => now - seconds * 1000),
    heldFor: fc.option(advisor, { freq: 1 }),
  });
}

/** Any situation: at any hour, with anyone doing anything. */
export const anySituation: fc.Arbitrary<Situation> = instant.chain((now) =>
  fc
    .tuple(
      fc.tuple(...EVERYONE.map(() => stateAt(now))),
      fc.array(waitingAt(now), { maxLength: 5 }),
      fc.constantFrom(...EVERYONE),
    )
    .map(([states, waiting, leadId]) =>
      situation(Object.fromEntries(EVERYONE.map((id, index) => [id, states[index] ?? {}])), { now, waiting, leadId }),
    ),
);

export const anyCall: fc.Arbitrary<CallRequest> = fc.record({
  channel: fc.constant('call' as const),
  ownId: fc.option(advisor, { freq: 6 }),
  numberOnFile: fc.boolean(),
  ringBack: fc.constantFrom('ask', 'always', 'never'),
  declined: fc.boolean(),
  tried: fc.uniqueArray(advisor, { maxLength: 2 }),
});

export const anyWritten: fc.Arbitrary<WrittenRequest> = fc.record({
  channel: fc.constantFrom('mail', 'sms', 'message', 'visit', 'letter', 'comment'),
  ownId: fc.option(advisor, { freq: 6 }),
  answerWithinMinutes: fc.constantFrom(60, 240, 480),
});
