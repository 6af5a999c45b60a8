import type { Permission } from '../permissions.ts';

type CommitmentKind = 'answer' | 'callback' | 'nextNews' | 'visit';

/** What the staff does and can still undo. Times are ISO 8601, since an action waits as JSON. */
export type Action =
  | {
      kind: 'reply';
      customerId: string;
      caseFileId: string;
      text: string;
      seenUpTo: string | null;
      /** Files beside the draft that leave with it. */
      fileIds: string[];
      /** As chosen; by default as the customer wrote last. */
      by?: 'mail' | 'sms' | undefined;
    }
  | { kind: 'note'; customerId: string; caseFileId: string; text: string }
  | { kind: 'promise'; customerId: string; caseFileId: string; promise: CommitmentKind; words: string; dueAt: string }
  | { kind: 'keep'; customerId: string; caseFileId: string; commitmentId: string; nextNewsAt: string | null }
  | {
      kind: 'withdraw';
      customerId: string;
      caseFileId: string;
      commitmentId: string;
      words: string;
      insteadDueAt: string | null;
    }
  | { kind: 'handOver'; customerId: string; caseFileId: string; toAdvisorId: string; summary: string }
  | { kind: 'done'; customerId: string; caseFileId: string; words: string; tell: boolean }
  | { kind: 'reopen'; customerId: string; caseFileId: string; dueAt: string }
  | { kind: 'wait'; customerId: string; caseFileId: string; thirdParty: string; nextNewsAt: string }
  | { kind: 'news'; customerId: string; caseFileId: string; words: string; nextNewsAt: string }
  | {
      kind: 'entry';
      customerId: string;
      caseFileId: string | null;
      channel: 'call' | 'visit' | 'letter';
      subject: string;
      text: string;
    }
  | { kind: 'sort'; trayItemId: string; customerId: string }
  | { kind: 'setAside'; trayItemId: string; why: string };

/** Why an action cannot be carried out; the workspace has a sentence for each. */
export type Refusal =
  | 'not_found'
  | 'not_allowed'
  | 'empty'
  | 'closed'
  | 'open'
  | 'newer_unread'
  | 'in_the_past'
  | 'too_far'
  | 'address_not_on_file'
  | 'nobody'
  | 'away'
  | 'same_owner'
  | 'last_one'
  | 'already_sorted'
  | 'not_waiting'
  | 'file_gone'
  | 'no_sms'
  | 'too_long'
  | 'failed';

/** What each action needs. */
export const neededFor: Record<Action['kind'], Permission> = {
  reply: 'work on case files',
  note: 'work on case files',
  promise: 'work on case files',
  keep: 'work on case files',
  withdraw: 'work on case files',
  handOver: 'work on case files',
  done: 'work on case files',
  reopen: 'work on case files',
  wait: 'work on case files',
  news: 'work on case files',
  entry: 'work on case files',
  sort: 'sort the tray',
  setAside: 'sort the tray',
};
