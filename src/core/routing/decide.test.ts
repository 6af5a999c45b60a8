import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { isOpen, lastClosingOfDay, nextOpening } from '../calendar/calendar.ts';
import { decide } from './decide.ts';
import { STANDARD_POLICY } from './policy.ts';
import { type CallRequest, callRequest, type RoutingRequest, type WrittenRequest, writtenRequest } from './request.ts';
import { isFree, type Situation, stateOf } from './situation.ts';
import { anyCall, anySituation, anyWritten, EVERYONE, MINUTE } from './situations.test-support.ts';

const policy = STANDARD_POLICY;
const { offer } = policy;
const runs = { numRuns: 500 };

/** Runs a check over any situation and call; `when` narrows it. */
function forAnyCall(check: (situation: Situation, call: CallRequest) => void): void {
  fc.assert(fc.property(anySituation, anyCall, check), runs);
}

function freeFor(situation: Situation, call: CallRequest): string[] {
  return EVERYONE.filter((id) => isFree(stateOf(situation, id)) && !call.tried.includes(id));
}

describe('whatever happens, a call', () => {
  it('rings the own advisor first when they are free', () => {
    forAnyCall((situation, call) => {
      if (call.ownId === null || call.tried.includes(call.ownId) || !isOpen(situation.calendar, situation.now)) return;
      if (!isFree(stateOf(situation, call.ownId))) return;
      expect(decide(policy, situation, call).attempts[0]).toMatchObject({ advisorId: call.ownId, how: 'ring' });
    });
  });

  it('does not let anyone wait who wants a person now while an advisor may answer', () => {
    forAnyCall((situation, call) => {
      if (!isOpen(situation.calendar, situation.now)) return;
      const { attempts } = decide(policy, situation, call);
      const wantsPersonNow = call.declined || !call.numberOnFile || call.ringBack !== 'always';
      if (wantsPersonNow && freeFor(situation, call).length > 0) expect(attempts.length).toBeGreaterThan(0);
      if (call.declined) expect(attempts.every(({ how }) => how === 'ring')).toBe(true);
    });
  });

  it('rings only people who are free, nobody twice, nobody who was tried', () => {
    forAnyCall((situation, call) => {
      const { attempts } = decide(policy, situation, call);
      const ids = attempts.map(({ advisorId }) => advisorId);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { advisorId, how } of attempts) {
        expect(call.tried).not.toContain(advisorId);
        const state = stateOf(situation, advisorId);
        expect(state.away).toBeNull();
        if (how === 'hold') expect([advisorId, state.doing]).toEqual([call.ownId, 'wrapUp']);
        else expect(['idle', 'message']).toContain(state.doing);
      }
    });
  });

  it('holds a minute at most, for the own advisor, first in the list and alone', () => {
    forAnyCall((situation, call) => {
      decide(policy, situation, call).attempts.forEach((attempt, index) => {
        if (attempt.how === 'hold') expect([index, attempt.seconds <= 60, attempt.role]).toEqual([0, true, 'own']);
      });
    });
  });

  it('is never offered a callback from a withheld or unknown number, nor after declining, nor against the wish', () => {
    forAnyCall((situation, call) => {
      const unwanted = !call.numberOnFile || call.ownId === null || call.declined || call.ringBack !== 'ask';
      const decision = decide(policy, situation, call);
      if (unwanted) expect(decision.offer).toBeNull();
      if (!call.numberOnFile || call.ownId === null) expect(decision.fallback.kind).toBe('voicemail');
    });
  });

  it('is promised nothing more today by who owes six callbacks', () => {
    forAnyCall((situation, call) => {
      for (const reason of decide(policy, situation, call).reasons) {
        if (reason.code !== 'callback_by_own' && reason.code !== 'callback_by_backup') continue;
        expect(stateOf(situation, reason.advisorId).callbacks.length).toBeLessThan(offer.mostOpenCallbacks);
      }
    });
  });

  it('is promised a time in the future: by twenty minutes past closing today, or in an opening later', () => {
    forAnyCall((situation, call) => {
      const { calendar, now } = situation;
      const decision = decide(policy, situation, call);
      const times = [decision.fallback.dueAt, ...(decision.offer ? [decision.offer.before] : [])];
      for (const due of times) {
        expect(due).toBeGreaterThan(now);
        const closing = lastClosingOfDay(calendar, due) ?? Number.NEGATIVE_INFINITY;
        const kept = isOpen(calendar, due - 1) || due <= closing + offer.pastClosingMinutes * MINUTE;
        expect(kept).toBe(true);
        if (!isOpen(calendar, now)) expect(due).toBeGreaterThan(nextOpening(calendar, now));
      }
    });
  });

  it('rings nobody while closed', () => {
    forAnyCall((situation, call) => {
      if (isOpen(situation.calendar, situation.now)) return;
      expect(decide(policy, situation, call)).toMatchObject({ attempts: [], offer: null, waitSeconds: 0 });
    });
  });

  it('ends with someone and a time, and says why', () => {
    forAnyCall((situation, call) => {
      const { fallback, reasons } = decide(policy, situation, call);
      expect(EVERYONE).toContain(fallback.ownerId);
      expect(Number.isFinite(fallback.dueAt)).toBe(true);
      expect(reasons.length).toBeGreaterThan(0);
    });
  });
});

describe('whatever happens, something written', () => {
  it('has an owner and a due time in an opening, never sooner or later than the service level says', () => {
    fc.assert(
      fc.property(anySituation, anyWritten, (situation, written) => {
        const decision = decide(policy, situation, written);
        expect(EVERYONE).toContain(decision.ownerId);
        expect(isOpen(situation.calendar, decision.dueAt - 1)).toBe(true);
        expect(decision.reasons.length).toBeGreaterThan(0);
        expect(decision.tray).toBe(written.ownId === null);
        expect(decision.inPlaceOf?.advisorId ?? decision.ownerId).toBe(written.ownId ?? situation.leadId);
      }),
      runs,
    );
  });
});

describe('the same facts', () => {
  it('give the same decision, also after storing and reading them back', () => {
    fc.assert(
      fc.property(anySituation, fc.oneof(anyCall, anyWritten), (situation, request) => {
        const facts = { situation, request };
        const stored = JSON.parse(JSON.stringify(facts)) as typeof facts;
        const first = decide(policy, situation, request);
        expect(decide(policy, situation, request)).toEqual(first);
        expect(decide(policy, stored.situation, stored.request)).toEqual(first);
        expect(JSON.parse(JSON.stringify(first))).toEqual(first);
      }),
      runs,
    );
  });

  it('are not changed by deciding', () => {
    fc.assert(
      fc.property(anySituation, fc.oneof(anyCall, anyWritten), (situation, request) => {
        const before = JSON.stringify({ situation, request });
        decide(policy, situation, request);
        expect(JSON.stringify({ situation, request })).toBe(before);
      }),
      runs,
    );
  });
});

describe('a mayor gets no better than a subscriber', () => {
  type KeysOf<T> = T extends readonly (infer Item)[]
    ? KeysOf<Item>
    : T extends object
      ? { [Key in keyof T & string]: Key | KeysOf<T[Key]> }[keyof T & string]
      : never;
  type Telling = 'kind' | 'customerKind' | 'customer' | 'customerId' | 'official' | 'townHall' | 'segment' | 'priority';
  type Known = KeysOf<Situation> | KeysOf<CallRequest> | KeysOf<WrittenRequest>;

  it('by type: nothing decide receives can say who the customer is', () => {
    expectTypeOf<Extract<Known, Telling>>().toEqualTypeOf<never>();
    expectTypeOf<Extract<KeysOf<{ situation: { caller: { kind: 'town_hall' } } }>, Telling>>().toEqualTypeOf<'kind'>();
    expectTypeOf<Parameters<typeof decide>>().toExtend<[unknown, Situation, RoutingRequest]>();
  });

  it('by measure: swapping household, business and town hall changes nothing', () => {
    const kind = fc.constantFrom('household', 'business', 'town_hall');
    const channel = fc.constantFrom('mail', 'sms', 'message', 'visit', 'letter', 'comment');
    const property = fc.property(
      anySituation,
      anyCall,
      kind,
      kind,
      channel,
      (situation, { ownId, ringBack, ...call }, one, other, written) => {
        const customer = { advisorId: ownId ?? 'ana', ringBack };
        const requests = [one, other].map((kind) => [
          callRequest({ ...customer, kind }, call),
          writtenRequest(written, { ...customer, kind }, { answerWithinMinutes: 480 }),
        ]);
        expect(requests[0]).toEqual(requests[1]);
        expect(JSON.stringify(requests)).not.toMatch(/household|business|town_hall/);
        const decisions = requests.map((pair) => pair.map((request) => decide(policy, situation, request)));
        expect(decisions[0]).toEqual(decisions[1]);
      },
    );
    fc.assert(property, runs);
  });
});
