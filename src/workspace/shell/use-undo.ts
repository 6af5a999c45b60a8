import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { undo } from '../api/act.ts';
import { names } from '../api/queries.ts';

/** Undoes the newest action, or the one named, and goes back to what was being written. */
export function useUndo(): (id?: string) => Promise<void> {
  const queries = useQueryClient();
  const go = useNavigate();
  return async (id) => {
    const undone = await undo(id);
    if (!undone) return;
    for (const queryKey of [names.caseload, names.tray, names.customers]) void queries.invalidateQueries({ queryKey });
    const { action } = undone;
    if (action.kind === 'reply' || action.kind === 'note')
      go(`/customers/${action.customerId}?case=${action.caseFileId}&do=${action.kind}`, {
        state: { text: action.text, at: Date.now() },
      });
    else if ('customerId' in action && action.kind !== 'sort') go(`/customers/${action.customerId}`);
  };
}
