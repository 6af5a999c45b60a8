import type { Insertable } from 'kysely';
import { fillIn } from '../../core/text/fill-in.ts';
import { typeset } from '../../core/text/typeset.ts';
import type { DB } from '../tables.ts';
import { demoMailDomain } from './staff.ts';
import type { Story } from './stories.ts';
import type { MadeAdvisor, MadeCustomer, Making } from './world.ts';

export type Channel = 'call' | 'mail' | 'sms' | 'message' | 'visit' | 'letter';
export type CommitmentKind = 'answer' | 'callback' | 'nextNews' | 'visit';

export interface HistoryRows {
  caseFiles: Insertable<DB['caseFile']>[];
  ownerships: Insertable<DB['ownership']>[];
  commitments: Insertable<DB['commitment']>[];
  interactions: Insertable<DB['interaction']>[];
  notes: Insertable<DB['note']>[];
  events: Insertable<DB['event']>[];
}

export const noRows = (): HistoryRows => ({
  caseFiles: [],
  ownerships: [],
  commitments: [],
  interactions: [],
  notes: [],
  events: [],
});

/** One case file being told: each call adds what happened at a time, in the rows and in the event log. */
export interface Matter {
  readonly id: string;
  readonly customer: MadeCustomer;
  readonly openedAt: Date;
  receive(at: Date, text: string, note: boolean): void;
  send(at: Date, text: string, by: MadeAdvisor): void;
  commit(
    kind: CommitmentKind,
    madeAt: Date,
    dueAt: Date,
    owner: MadeAdvisor,
    more?: { words?: string; replacesId?: string; remindAt?: Date },
  ): Commitment;
  own(
    at: Date,
    owner: MadeAdvisor,
    reason: 'handover' | 'absence' | 'escalation',
    more?: { summary?: string; absenceId?: string },
  ): void;
  note(at: Date, text: string, by: MadeAdvisor): void;
  waitFor(at: Date, thirdParty: string): void;
  close(at: Date, words: string, by: MadeAdvisor): void;
}

export interface Commitment {
  readonly id: string;
  keep(at: Date, by: MadeAdvisor): void;
  break(): void;
}

/** Opens a case file for a story in the rows. */
export function openMatter(
  { dice }: Making,
  rows: HistoryRows,
  customer: MadeCustomer,
  owner: MadeAdvisor,
  story: Story,
  channel: Channel,
  openedAt: Date,
): Matter {
  const id = dice.id(openedAt);
  const tell = (text: string) => fill(text, customer);
  const file: Insertable<DB['caseFile']> = {
    id,
    customerId: customer.id,
    subject: tell(story.subject),
    lineId: customer.lineId,
    ownerId: owner.id,
    openedAt,
    unansweredSince: null,
    lastAt: openedAt,
    thirdParty: null,
    thirdPartySince: null,
    closedAt: null,
    closedBy: null,
    closingWords: null,
  };
  rows.caseFiles.push(file);
  const event = (
    at: Date,
    type: string,
    advisorId: string,
    facts: Record<string, string | number | boolean | null> = {},
  ) => rows.events.push({ at, type, customerId: customer.id, advisorId, caseFileId: id, facts });
  const interaction = (
    at: Date,
    direction: 'in' | 'out',
    on: Channel,
    text: string,
    by: MadeAdvisor | null,
    entered: boolean,
  ): string => {
    const interactionId = dice.id(at);
    const mail = on === 'mail';
    const byPhone = on === 'call' || on === 'sms';
    rows.interactions.push({
      id: interactionId,
      customerId: customer.id,
      caseFileId: id,
      channel: on,
      direction,
      at,
      byStaff: entered || direction === 'out' ? (by?.staffId ?? null) : null,
      byAdvisor: direction === 'out' ? (by?.id ?? null) : null,
      personId: direction === 'in' ? customer.personId : null,
      party: mail ? (customer.mail ?? '') : byPhone ? (customer.phone ?? '') : '',
      subject: mail ? `${direction === 'out' ? 'Re: ' : ''}${file.subject}` : '',
      text,
      messageId: mail ? `${interactionId}@${direction === 'in' ? 'example.org' : demoMailDomain}` : null,
    });
    file.lastAt = at;
    return interactionId;
  };
  const own = (
    at: Date,
    ownerId: string,
    reason: Insertable<DB['ownership']>['reason'],
    more: { summary?: string; absenceId?: string } = {},
  ) => {
    file.ownerId = ownerId;
    rows.ownerships.push({
      id: dice.id(at),
      customerId: customer.id,
      caseFileId: id,
      ownerId,
      at,
      reason,
      absenceId: more.absenceId ?? null,
      summary: more.summary ?? null,
    });
    event(at, 'casefile.owner', ownerId, { reason });
  };
  own(openedAt, owner.id, 'own');
  event(openedAt, 'casefile.opened', owner.id);

  return {
    id,
    customer,
    openedAt,
    receive: (at, text, noted) => {
      const interactionId = interaction(at, 'in', channel, tell(text), owner, noted);
      file.unansweredSince ??= at;
      event(at, 'interaction.received', file.ownerId, {
        interactionId,
        channel,
        own: file.ownerId === customer.advisorId,
        ...(noted && (channel === 'call' || channel === 'visit') ? { heardBy: owner.id } : {}),
      });
    },
    send: (at, text, by) => {
      const on = channel === 'message' || channel === 'visit' ? (customer.mail ? 'mail' : 'call') : channel;
      const written = on === 'mail' || on === 'letter';
      const interactionId = interaction(
        at,
        'out',
        on,
        written ? signed(tell(text), customer, by) : tell(text),
        by,
        true,
      );
      event(at, 'interaction.sent', by.id, {
        interactionId,
        channel: on,
        unansweredSince: asIso(file.unansweredSince),
      });
      file.unansweredSince = null;
    },
    commit: (kind, madeAt, dueAt, by, more = {}) => {
      const commitmentId = dice.id(madeAt);
      const escalation = more.replacesId ? 1 : 0;
      const row: Insertable<DB['commitment']> = {
        id: commitmentId,
        customerId: customer.id,
        caseFileId: id,
        kind,
        ownerId: by.id,
        words: more.words ?? '',
        madeAt,
        madeBy: null,
        dueAt,
        remindAt: more.remindAt ?? null,
        escalation,
        replacesId: more.replacesId ?? null,
        keptAt: null,
        keptBy: null,
        brokenAt: null,
      };
      rows.commitments.push(row);
      event(madeAt, 'commitment.made', by.id, { commitmentId, kind, dueAt: dueAt.toISOString(), escalation });
      return {
        id: commitmentId,
        keep: (at, keeper) => {
          Object.assign(row, { keptAt: at, keptBy: keeper.staffId, remindAt: null });
          event(at, 'commitment.kept', by.id, {
            commitmentId,
            kind,
            inTime: at <= dueAt,
            madeAt: madeAt.toISOString(),
          });
        },
        break: () => {
          Object.assign(row, { brokenAt: dueAt, remindAt: null });
          event(dueAt, 'commitment.broken', by.id, { commitmentId, kind, dueAt: dueAt.toISOString() });
        },
      };
    },
    own: (at, next, reason, more) => own(at, next.id, reason, more),
    note: (at, text, by) => {
      const noteId = dice.id(at);
      rows.notes.push({
        id: noteId,
        customerId: customer.id,
        caseFileId: id,
        at,
        byStaff: by.staffId,
        text: tell(text),
      });
      event(at, 'note.added', by.id, { noteId });
    },
    waitFor: (at, thirdParty) => Object.assign(file, { thirdParty, thirdPartySince: at }),
    close: (at, words, by) => {
      Object.assign(file, {
        closedAt: at,
        closedBy: by.staffId,
        closingWords: tell(words),
        unansweredSince: null,
        lastAt: at,
        thirdParty: null,
        thirdPartySince: null,
      });
      event(at, 'casefile.closed', file.ownerId);
    },
  };
}

function asIso(at: Date | string | null | undefined): string | null {
  return at ? new Date(at).toISOString() : null;
}

function fill(source: string, customer: MadeCustomer): string {
  const { street, commune, lineReference: line } = customer;
  const filled: Record<string, string> = { street, commune, line };
  return fillIn(typeset(source, customer.locale), (key) => filled[key]);
}

function signed(text: string, customer: MadeCustomer, by: MadeAdvisor): string {
  return customer.locale === 'en'
    ? `Hello,\n\n${text}\n\nKind regards,\n${by.name}`
    : `Bonjour,\n\n${text}\n\nBien à vous,\n${by.name}`;
}
