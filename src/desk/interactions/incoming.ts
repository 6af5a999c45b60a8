import type { Channel } from '../../core/routing/request.ts';

/** What any channel hands to the one door. Blobs of attachments are already stored in the same transaction. */
export interface Incoming {
  channel: Channel;
  /** When it reached us, or happened. */
  at: Date;
  from: { phone?: string | null; mail?: string | null; name?: string | null; customerId?: string | null };
  /** The sender is who they say: DMARC-aligned, a confirmed link, a signed-in customer, or a colleague who saw them. */
  proven: boolean;
  subject?: string;
  text: string;
  html?: string | null;
  messageId?: string | null;
  /** SHA-256 of the message without trace headers: with the Message-ID, the identity of a mail. */
  contentHash?: Buffer | null;
  /** The raw bytes, for a tray item that could not be read. */
  rawSha256?: Buffer | null;
  /** The conversation it belongs to, as found by a signed token or by References and a sender who takes part. */
  caseFileId?: string | null;
  /** The line it is about: its reference. Its service level decides when an answer is due. */
  lineReference?: string | null;
  caution?: string | null;
  /** The advisor whose public address it was written to. */
  addressedTo?: string | null;
  /** Written by a machine (an out-of-office note): in a conversation it changes nothing. */
  automatic?: boolean;
  /** Could not be parsed: goes to the tray with its raw bytes. */
  unreadable?: boolean;
  /** The sender was told already when they are answered at the latest. */
  answerBefore?: Date | null;
  /** Whether the sender may get an acknowledgement (never for automatic mail). */
  acknowledge: boolean;
  attachments?: readonly IncomingAttachment[];
}

export interface IncomingAttachment {
  filename: string;
  contentType: string;
  contentId?: string | null;
  sha256: Buffer;
}

/** Where it went. Accepted means: exactly one of the two. */
export type Received =
  | {
      kind: 'interaction';
      id: string;
      caseFileId: string;
      customerId: string;
      advisor: { id: string; name: string };
      commitment: { id: string; dueAt: Date };
      duplicate: boolean;
    }
  | { kind: 'tray'; id: string; dutyOwner: { id: string; name: string }; dueAt: Date; duplicate: boolean };
