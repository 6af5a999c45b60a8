import type { SenderProof } from './authenticate.ts';
import type { Bounce } from './parse/bounce-report.ts';
import type { ParsedMail } from './parse/parsed-mail.ts';

/** A stored mail with its bytes, as it is read. */
export interface StoredDelivery {
  id: string;
  source: 'smtp' | 'imap' | 'upload';
  envelopeFrom: string | null;
  envelopeTo: string[];
  remoteAddress: string | null;
  remoteName: string | null;
  receivedAt: Date;
  rawSha256: Buffer;
  /** How often reading was begun. */
  readings: number;
  raw: Buffer;
}

/** What reading made of it. */
export interface ReadMail {
  mail: ParsedMail;
  proof: SenderProof;
  bounce: Bounce | null;
  /** SHA-256 of the message without trace headers. */
  hash: Buffer;
}
