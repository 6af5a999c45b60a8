import { useCallback, useRef } from 'react';
import { useKeys } from '../keyboard/keys.ts';
import { type CallActs, useCallActs } from './use-call-acts.ts';

/** d dials the customer in front; null when no number of theirs is on file. */
export function useDial(customer: {
  id: string;
  contactPoints: readonly { kind: string }[];
}): { dial: () => void; acts: CallActs } | null {
  const acts = useCallActs();
  const run = useRef(acts.dial);
  run.current = acts.dial;
  const dial = useCallback(() => void run.current(customer.id, null), [customer.id]);
  const reachable = customer.contactPoints.some(({ kind }) => kind === 'phone');
  useKeys({ d: dial }, reachable);
  return reachable ? { dial, acts } : null;
}
