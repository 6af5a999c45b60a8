import type { Action } from '../../web/api/workspace/shapes.ts';

/** What was typed for an action, and which form it belongs in: taken back, or refused, it must not be typed again. */
export function writtenIn(action: Action): { form: string; caseFileId: string; text: string } | null {
  switch (action.kind) {
    case 'reply':
    case 'note':
      return { form: action.kind, caseFileId: action.caseFileId, text: action.text };
    case 'done':
    case 'news':
      return { form: action.kind, caseFileId: action.caseFileId, text: action.words };
    case 'handOver':
      return { form: action.kind, caseFileId: action.caseFileId, text: action.summary };
    default:
      return null;
  }
}
