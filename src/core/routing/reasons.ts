import type { AdvisorId, Away } from './situation.ts';

interface About {
  readonly advisorId: AdvisorId;
}
interface Promised extends About {
  /** Epoch milliseconds. */
  readonly before: number;
}

/** Why a decision is what it is: a code and the facts it rests on. `explain` puts it into words. */
export type Reason =
  // calls: the own advisor
  | ({ readonly code: 'own_free' | 'own_on_message' | 'own_ringing' | 'own_not_answering' } & About)
  | ({ readonly code: 'own_on_call' | 'own_wrapping_up'; readonly since: number } & About)
  | ({ readonly code: 'own_finishing'; readonly secondsLeft: number } & About)
  | ({ readonly code: 'own_away'; readonly why: Away['why']; readonly backAt: number | null } & About)
  | ({ readonly code: 'own_full'; readonly openCallbacks: number } & About)
  | ({ readonly code: 'own_too_late'; readonly before: number } & About)
  // calls: the caller
  | {
      readonly code:
        | 'caller_unknown'
        | 'number_not_on_file'
        | 'declined_offer'
        | 'always_ring_back'
        | 'never_ring_back';
    }
  // calls: who else
  | ({ readonly code: 'backup_free' | 'pod_free' | 'anyone_free' } & About)
  | { readonly code: 'nobody_free' }
  // calls: promises
  | ({ readonly code: 'callback_by_own' | 'callback_by_backup'; readonly openCallbacks: number } & Promised)
  | ({ readonly code: 'callback_when_back' | 'callback_another_day' | 'callback_at_opening' } & Promised)
  | { readonly code: 'closed'; readonly opensAt: number }
  | ({ readonly code: 'voicemail_to' } & Promised)
  // written channels
  | ({ readonly code: 'own_advisor' } & About)
  | ({
      readonly code: 'covers';
      readonly via: CoverVia;
      readonly forId: AdvisorId;
      readonly until: number | null;
    } & About)
  | { readonly code: 'due_by_service_level'; readonly minutes: number; readonly dueAt: number }
  | ({ readonly code: 'writer_unknown'; readonly dueAt: number } & About)
  // what a freed advisor does next
  | {
      readonly code: 'own_caller_waits' | 'backed_up_caller_waits' | 'pod_caller_waits' | 'caller_waits';
      readonly seconds: number;
    }
  | { readonly code: 'stranger_left_to_others' }
  | { readonly code: 'own_callback_due'; readonly dueAt: number }
  | ({ readonly code: 'late_callback_of'; readonly dueAt: number } & About)
  | { readonly code: 'own_message_waits'; readonly receivedAt: number }
  | ({ readonly code: 'old_message_of'; readonly receivedAt: number } & About)
  | { readonly code: 'nothing_waits' };

/** By what right someone covers: named for the absence, a ranked backup, a colleague of the pod, the lead on duty. */
export type CoverVia = 'cover' | 'backup' | 'pod' | 'lead';

export type ReasonCode = Reason['code'];
