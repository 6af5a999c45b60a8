import { useLocation } from 'react-router';
import type { Action } from '../../web/api/workspace/shapes.ts';
import type { TakenBack } from '../api/written.ts';

/** What was taken back, or refused, and is open on this page to be written again. */
export function useTakenBack(): TakenBack | null {
  const { state } = useLocation();
  return state as TakenBack | null;
}

/** The action that was taken back, when it is one of this kind. */
export function takenBackAs<Kind extends Action['kind']>(
  back: TakenBack | null,
  kind: Kind,
): Extract<Action, { kind: Kind }> | undefined {
  return back?.action?.kind === kind ? (back.action as Extract<Action, { kind: Kind }>) : undefined;
}
