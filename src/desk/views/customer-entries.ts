import { type Kysely, sql } from 'kysely';
import { spacedPhone } from '../../core/text/phone.ts';
import { trimReply } from '../../core/text/trim-reply.ts';
import type { DB } from '../tables.ts';
import { customerSteps, type StepEntry } from './customer-steps.ts';
import { readCursor } from './page.ts';
import type { Roster } from './roster.ts';
import { type TimelineItem, timeline } from './timeline.ts';

export interface InteractionEntry {
  type: 'interaction';
  id: string;
  at: Date;
  caseFileId: string;
  channel: TimelineItem['channel'];
  direction: 'in' | 'out';
  who: string;
  party: string;
  subject: string;
  trimmed: string;
  text: string;
  hasHtml: boolean;
  caution: string | null;
  attachments: { id: string; filename: string; contentType: string; size: number }[];
  mail: {
    state: 'waiting' | 'sent' | 'failed' | 'cancelled';
    at: Date;
    perhapsTwice: boolean;
    error: string | null;
    /** Of an SMS: what the network said of it; null while it says nothing, and for a mail. */
    arrived: boolean | null;
  } | null;
}

export interface NoteEntry {
  type: 'note';
  id: string;
  at: Date;
  caseFileId: string | null;
  who: string;
  text: string;
}

export type Entry = InteractionEntry | NoteEntry | StepEntry;

/** What stands on a customer's timeline for the staff: exchanges, internal notes and what happened, oldest first. */
export async function customerEntries(
  db: Kysely<DB>,
  roster: Roster,
  customerId: string,
  cursor: string | undefined,
): Promise<{ entries: Entry[]; cursor: string | null }> {
  const before = cursor ? readCursor(cursor) : undefined;
  const page = await timeline(db, customerId, before);
  const oldest = page.items.at(-1)?.at;
  const span = { from: page.cursor && oldest ? oldest : new Date(0), to: before?.at ?? new Date('9999-01-01') };
  const [more, notes, steps] = await Promise.all([
    moreOf(db, page.items),
    notesOf(db, customerId, span),
    customerSteps(db, roster, customerId, span),
  ]);
  const exchanges = page.items.map((item) => exchange(item, roster, more.get(item.id)));
  const entries = [...exchanges, ...notes, ...steps].sort(
    (a, b) => a.at.getTime() - b.at.getTime() || place(a) - place(b),
  );
  return { entries, cursor: page.cursor };
}

/** Of one moment: what was said, then what became of promises, then who has it now. */
function place(entry: Entry): number {
  if (entry.type !== 'step') return 0;
  return entry.step === 'passedOn' ? 2 : 1;
}

interface More {
  hasHtml: boolean;
  staffName: string | null;
  sizes: Record<string, number>;
  mail: InteractionEntry['mail'];
}

function exchange(item: TimelineItem, roster: Roster, more: More | undefined): InteractionEntry {
  const advisor = item.advisorId ? roster.advisors.get(item.advisorId)?.name : undefined;
  return {
    type: 'interaction',
    id: item.id,
    at: item.at,
    caseFileId: item.caseFileId,
    channel: item.channel,
    direction: item.direction,
    who: item.direction === 'out' ? (advisor ?? more?.staffName ?? '') : '',
    party: shownParty(item.party),
    subject: item.subject,
    trimmed: trimReply(item.text).text,
    text: item.text,
    hasHtml: more?.hasHtml ?? false,
    caution: item.caution,
    attachments: item.attachments.map(({ id, filename, contentType }) => ({
      id,
      filename,
      contentType,
      size: more?.sizes[id] ?? 0,
    })),
    mail: more?.mail ?? null,
  };
}

async function moreOf(db: Kysely<DB>, items: readonly TimelineItem[]): Promise<Map<string, More>> {
  if (items.length === 0) return new Map();
  const rows = await db
    .selectFrom('interaction')
    .leftJoin('staff', 'staff.id', 'interaction.byStaff')
    .leftJoin('outgoingMail as mail', (join) =>
      join.onRef('mail.interactionId', '=', 'interaction.id').on('mail.kind', '=', 'reply'),
    )
    .leftJoin('outgoingSms as sms', (join) =>
      join.onRef('sms.interactionId', '=', 'interaction.id').on('sms.kind', '=', 'reply'),
    )
    .where(
      'interaction.id',
      'in',
      items.map((item) => item.id),
    )
    .select(['interaction.id', 'staff.name as staffName', sql<boolean>`interaction.html is not null`.as('hasHtml')])
    .select((eb) => [
      eb.fn.coalesce('mail.id', 'sms.id').as('sendingId'),
      eb.fn.coalesce('mail.leaveAfter', 'sms.leaveAfter').as('leaveAfter'),
      eb.fn.coalesce('mail.sentAt', 'sms.sentAt').as('sentAt'),
      eb.fn.coalesce('mail.failedAt', 'sms.failedAt').as('failedAt'),
      eb.fn.coalesce('mail.cancelledAt', 'sms.cancelledAt').as('cancelledAt'),
      eb.fn.coalesce('mail.perhapsTwice', 'sms.perhapsTwice').as('perhapsTwice'),
      eb.fn.coalesce('mail.lastError', 'sms.lastError').as('lastError'),
    ])
    .select(['sms.deliveredAt', 'sms.undeliveredAt'])
    .select(
      sql<
        Record<string, number>
      >`(select coalesce(json_object_agg(a.id, b.size), '{}') from attachment a join blob b using (sha256) where a.interaction_id = interaction.id)`.as(
        'sizes',
      ),
    )
    .execute();
  return new Map(rows.map((row) => [row.id, { ...row, mail: row.sendingId ? sendingState(row) : null }]));
}

function sendingState(row: {
  leaveAfter: Date | null;
  sentAt: Date | null;
  failedAt: Date | null;
  cancelledAt: Date | null;
  perhapsTwice: boolean | null;
  lastError: string | null;
  deliveredAt: Date | null;
  undeliveredAt: Date | null;
}): NonNullable<InteractionEntry['mail']> {
  const arrived = row.deliveredAt ? true : row.undeliveredAt ? false : null;
  const more = { perhapsTwice: row.perhapsTwice ?? false, error: row.lastError, arrived };
  if (row.sentAt) return { state: 'sent', at: row.sentAt, ...more };
  if (row.failedAt) return { state: 'failed', at: row.failedAt, ...more };
  if (row.cancelledAt) return { state: 'cancelled', at: row.cancelledAt, ...more };
  return { state: 'waiting', at: row.leaveAfter ?? new Date(0), ...more };
}

async function notesOf(db: Kysely<DB>, customerId: string, span: { from: Date; to: Date }): Promise<NoteEntry[]> {
  const rows = await db
    .selectFrom('note')
    .innerJoin('staff', 'staff.id', 'note.byStaff')
    .where('customerId', '=', customerId)
    .where('at', '>=', span.from)
    .where('at', '<', span.to)
    .select(['note.id', 'note.at', 'note.caseFileId', 'note.text', 'staff.name as who'])
    .execute();
  return rows.map((row) => ({ type: 'note', ...row }));
}

/** A number as people write it, an address as it is. */
export function shownParty(party: string): string {
  return party.replace(/\+[1-9]\d{5,14}(?!\d)/g, (number) => spacedPhone(number));
}
