import { decide } from '../../core/routing/decide.ts';
import { callRequest } from '../../core/routing/request.ts';
import { readRoster } from '../../desk/views/roster.ts';
import { callSituation } from '../../desk/views/situation.ts';
import type { Switchboard } from './door.ts';
import { sayDecision } from './say-decision.ts';

/**
 * Speaks what the customers of whoever is on a call would be offered now, in both languages, so that it lies ready when
 * they ring. Never throws: a sentence that is missing costs one caller the offer, nothing else.
 */
export async function prepareOffers({ house, speech }: Switchboard): Promise<void> {
  if (!speech) return;
  try {
    const tx = { db: house.db, now: house.clock() };
    const roster = await readRoster(tx.db, tx.now);
    const busy = await callSituation(tx, roster, null);
    for (const [advisorId, { doing }] of Object.entries(busy.advisors)) {
      if (doing !== 'call') continue;
      const situation = await callSituation(tx, roster, advisorId);
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
        const decision = decide(roster.policy, situation, callRequest(customer, { numberOnFile: true }));
        await sayDecision(speech, { roster, situation, decision, customer }, tx.now, PATIENT_MS);
      }
    }
  } catch (error) {
    house.log.debug({ err: error }, 'no offer was prepared');
  }
}

/** Nobody waits on the line for it. */
const PATIENT_MS = 5_000;
