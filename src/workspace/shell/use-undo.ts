import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { undo } from '../api/act.ts';
import { names } from '../api/queries.ts';
import { writtenIn } from '../api/written.ts';

/** Undoes the newest action, or the one named, and goes back to what was being written. */
export function useUndo(): (id?: string) => Promise<void> {
  const queries = useQueryClient();
  const go = useNavigate();
  return async (id) => {
    const undone = await undo(id);
    if (!undone) return;
    for (const queryKey of [names.caseload, names.tray, names.customers]) void queries.invalidateQueries({ queryKey });
    const { action } = undone;
    if (!('customerId' in action) || action.kind === 'sort') return;
    const written = writtenIn(action);
    if (!written) return go(`/customers/${action.customerId}`);
    go(written.path, { state: written.state });
  };
}
