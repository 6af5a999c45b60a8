import { sql } from 'kysely';
import { spacedPhone } from '../../core/text/phone.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import { type MailKind, writeMail } from './write-mail.ts';

/** Writes the mail that carries what we say in a conversation, threaded on everything said before. Returns its id. */
export async function mailInConversation(
  tx: Tx,
  facts: {
    to: string;
    text: string;
    advisorId: string;
    interactionId: string;
    leavesAt: Date;
    caseFile: { id: string; customerId: string; subject: string };
    attachments?: readonly { filename: string; contentType: string; sha256: Buffer }[];
    kind: MailKind;
    /** Written by the program, not by a person. */
    automatic: boolean;
  },
): Promise<string> {
  const { operator, advisors } = await readRoster(tx.db, tx.now);
  const before = await tx.db
    .selectFrom('interaction')
    .where('caseFileId', '=', facts.caseFile.id)
    .where('messageId', 'is not', null)
    .select('messageId')
    .orderBy('at')
    .execute();
  const ids = before.flatMap((row) => row.messageId ?? []);
  const advisor = advisors.get(facts.advisorId);
  const signature = [advisor?.name, operator.name, spacedPhone(advisor?.phone ?? operator.phone)]
    .filter(Boolean)
    .join('\n');
  const mailId = await writeMail(tx, {
    kind: facts.kind,
    to: facts.to,
    subject: `Re: ${facts.caseFile.subject.replace(/^(re\s*:\s*)+/i, '')}`,
    text: `${facts.text.trimEnd()}\n\n${signature}\n`,
    advisorId: facts.advisorId,
    customerId: facts.caseFile.customerId,
    caseFileId: facts.caseFile.id,
    interactionId: facts.interactionId,
    inReplyTo: ids.at(-1) ?? null,
    references: ids.slice(-20),
    automatic: facts.automatic,
    leaveAfter: facts.leavesAt,
    attachments: facts.attachments,
  });
  await tx.db
    .updateTable('interaction')
    .set({ messageId: sql`(select message_id from outgoing_mail where id = ${mailId})` })
    .where('id', '=', facts.interactionId)
    .execute();
  return mailId;
}
