import type { Action } from '../../web/api/workspace/shapes.ts';

/** What a page is handed when an action was taken back or refused. */
export interface TakenBack {
  /** Words that belong in the form of the address. */
  text?: string;
  /** The whole action, for what was chosen beside the words. */
  action: Action;
  /** When, so that the same one taken back twice is two. */
  at: number;
}

/** Where an action was written and what was typed for it: it must not be typed again. Null when nothing was typed. */
export function writtenIn(action: Action): { path: string; state: TakenBack } | null {
  if (!('caseFileId' in action)) return null;
  const at = `/customers/${action.customerId}?case=${action.caseFileId}`;
  const state = { action, at: Date.now() };
  switch (action.kind) {
    case 'reply':
    case 'note':
      return { path: `${at}&do=${action.kind}`, state: { ...state, text: action.text } };
    case 'done':
    case 'news':
      return { path: `${at}&do=${action.kind}`, state: { ...state, text: action.words } };
    case 'handOver':
      return { path: `${at}&do=${action.kind}`, state: { ...state, text: action.summary } };
    // Its form stands beside the promise.
    case 'withdraw':
      return { path: at, state };
    default:
      return null;
  }
}
