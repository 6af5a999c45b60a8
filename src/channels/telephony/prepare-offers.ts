import { decide } from '../../core/routing/decide.ts';
import { callRequest } from '../../core/routing/request.ts';
import { timesToCome } from '../../core/telephony/spoken-words.ts';
import { readHouse } from '../../desk/views/call-route.ts';
import { readRoster } from '../../desk/views/roster.ts';
import { situationFor } from '../../desk/views/situation.ts';
import type { Switchboard } from './door.ts';
import { speakDecision } from './say-decision.ts';

/**
 * Speaks what the customers of whoever is on a call would be offered now, in both languages, so that it lies ready when
 * they ring. Never throws: a sentence that is missing is spoken while the first caller's phone rings.
 */
export async function prepareOffers({ house, door, speech, ownSentences }: Switchboard): Promise<void> {
  if (!speech) return;
  const recorded = ownSentences?.files() ?? new Map();
  try {
    const tx = { db: house.db, now: house.clock() };
    const known = await readHouse(tx);
    const { roster } = known;
    for (const [advisorId, { doing }] of Object.entries(known.situation.advisors)) {
      if (doing !== 'call') continue;
      const situation = situationFor(known, advisorId, tx.now);
      for (const locale of ['fr', 'en'] as const) {
        const customer = {
          id: '',
          name: '',
          reference: '',
          locale,
          advisorId,
          kind: 'household',
          ringBack: 'ask',
        } as const;
        const request = callRequest(customer, { numberOnFile: true });
        const decision = decide(roster.policy, situation, request);
        await speakDecision(speech, { roster, decision, customer, recorded, voicemail: door.voicemail }, tx.now);
      }
    }
  } catch (error) {
    house.log.debug({ err: error }, 'no offer was prepared');
  }
}

const HOURS_AHEAD = 2;

/** Speaks the times callers will hear in the next hours, a few at a time. Never throws. */
export async function prepareTimes({ house, speech }: Switchboard): Promise<void> {
  if (!speech) return;
  try {
    const now = house.clock();
    const { policy, operator } = await readRoster(house.db, now);
    const stepMinutes = policy.offer.roundUpToMinutes;
    if (stepMinutes < 1) return;
    for (const locale of ['fr', 'en'] as const) {
      const times = timesToCome(locale, { now, zone: operator.timeZone, hours: HOURS_AHEAD, stepMinutes });
      await speech.speakAhead(locale, times);
    }
  } catch (error) {
    house.log.debug({ err: error }, 'no times were prepared');
  }
}
