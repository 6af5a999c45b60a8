import type { Action } from '../../../desk/held-actions/action.ts';

/** What the workspace's own JSON carries, as types: the workspace imports these and nothing else of the server. Instants are ISO 8601. */

export type Channel = 'call' | 'mail' | 'sms' | 'message' | 'visit' | 'letter' | 'comment';
export type CommitmentKind = 'answer' | 'callback' | 'nextNews' | 'visit';
export type StaffRole = 'advisor' | 'lead' | 'moderator' | 'administrator';

export interface Named {
  id: string;
  name: string;
}

export interface Me {
  staffId: string;
  name: string;
  role: StaffRole;
  locale: 'fr' | 'en';
  letterKeys: boolean;
  /** Null for staff without a caseload. */
  advisor: (Named & { phone: string; photo: string | null }) | null;
  operator: {
    name: string;
    /** The operator's colour, readable by day and by night, and what is written on it. */
    accent: { light: string; onLight: string; dark: string; onDark: string };
    /** Address of the logo, or null. */
    logo: string | null;
    timeZone: string;
    demo: boolean;
  };
  may: {
    work: boolean;
    sortTray: boolean;
    seeOutbox: boolean;
    enterAnyAbsence: boolean;
    watchPhones: boolean;
    readFigures: boolean;
  };
  /** Colleagues away now whose customers come to me. */
  standsInFor: { name: string; until: string }[];
  /** While I am away: who answers. */
  standIn: { name: string; until: string } | null;
  counts: { tray: number; outboxFailed: number };
  /** Callers hear offers before anybody answers. */
  offers: boolean;
  /** Customers nobody answers may leave a message, so a greeting is heard. */
  voicemail: boolean;
}

/** What an advisor recorded in their own voice. */
export interface OwnSentenceInfo {
  /** For the voicemail; or of an offer what is heard before and after its time. */
  kind: 'greeting' | 'opening' | 'ending';
  locale: 'fr' | 'en';
  ms: number;
  recordedAt: string;
}

export interface OpenCommitment {
  id: string;
  kind: CommitmentKind;
  words: string;
  dueAt: string;
  owner: Named;
}

export type Group = 'waiting' | 'promised' | 'thirdParty' | 'later';

/** One matter of my caseload. */
export interface CaseloadItem {
  caseFileId: string;
  customerId: string;
  customerName: string;
  commune: string;
  subject: string;
  group: Group;
  lastWords: string;
  lastChannel: Channel | null;
  lastDirection: 'in' | 'out' | null;
  lastAt: string;
  waitingSince: string | null;
  due: OpenCommitment | null;
  /** A promise of this matter was broken: it came to me, or was renewed. */
  broken: boolean;
  thirdParty: string | null;
  /** The customer's own advisor, when that is not me. */
  inPlaceOf: Named | null;
}

export interface Caseload {
  items: CaseloadItem[];
  customers: number;
  held: HeldAction[];
  refused: HeldAction[];
}

export interface AttachmentInfo {
  id: string;
  filename: string;
  contentType: string;
  size: number;
}

interface EntryBase {
  id: string;
  at: string;
  caseFileId: string | null;
}

export interface InteractionEntry extends EntryBase {
  type: 'interaction';
  channel: Channel;
  direction: 'in' | 'out';
  /** Who wrote or spoke, as shown. */
  who: string;
  party: string;
  subject: string;
  /** Without quotes and signature; the full text is `text`. */
  trimmed: string;
  text: string;
  hasHtml: boolean;
  caution: string | null;
  attachments: AttachmentInfo[];
  mail: MailState | null;
}

/** What became of the mail or SMS that carried this: leaves at, sent, failed, perhaps sent twice. */
export interface MailState {
  state: 'waiting' | 'sent' | 'failed' | 'cancelled';
  at: string;
  perhapsTwice: boolean;
  error: string | null;
  /** Of an SMS: whether the network says that it arrived; null while it says nothing, and for a mail. */
  arrived: boolean | null;
}

export interface NoteEntry extends EntryBase {
  type: 'note';
  who: string;
  text: string;
}

export interface StepEntry extends EntryBase {
  type: 'step';
  step: 'opened' | 'passedOn' | 'promised' | 'kept' | 'broken' | 'withdrawn' | 'closed';
  who: string | null;
  /** For `passedOn`: why; for promises: their kind. */
  detail: string | null;
  words: string | null;
  dueAt: string | null;
}

export type Entry = InteractionEntry | NoteEntry | StepEntry;

export interface CaseFileInfo {
  id: string;
  subject: string;
  openedAt: string;
  closedAt: string | null;
  closingWords: string | null;
  owner: Named;
  thirdParty: string | null;
  waitingSince: string | null;
  commitments: OpenCommitment[];
  /** The written passing-on that came with it, shown first to whoever received it. */
  handover: { from: string; summary: string; at: string } | null;
  why: { fr: string[]; en: string[] } | null;
  /** How it came to its owner. */
  cameBy: 'own' | 'absence' | 'return' | 'handover' | 'escalation' | 'departure' | null;
  /** The last interaction from the customer; a reply says that it has seen it. */
  lastInId: string | null;
  /** How it came. */
  lastInBy: Channel | null;
}

export interface DraftFileInfo extends AttachmentInfo {
  caseFileId: string;
}

export interface CustomerPage {
  customer: {
    id: string;
    name: string;
    kind: 'household' | 'business' | 'town_hall';
    reference: string;
    locale: 'fr' | 'en';
    commune: string;
    postcode: string | null;
    sector: string | null;
    advisor: Named & { phone: string; away: { until: string } | null };
    backups: Named[];
    persons: { id: string; name: string; role: string | null }[];
    contactPoints: {
      id: string;
      kind: 'phone' | 'mail' | 'postal';
      value: string;
      shown: string;
      failing: boolean;
      takesSms: boolean;
    }[];
    lines: { reference: string; product: string; serviceLevel: { fr: string; en: string } }[];
    since: string;
  };
  caseFiles: CaseFileInfo[];
  entries: Entry[];
  /** Hand it back for older entries. */
  cursor: string | null;
  held: HeldAction[];
  drafts: { caseFileId: string; kind: 'reply' | 'note'; text: string }[];
  /** Files beside my replies. */
  draftFiles: DraftFileInfo[];
}

export type { Action };

export interface HeldAction {
  id: string;
  /** Whose action it is. */
  staffId: string;
  staffName: string;
  action: Action;
  madeAt: string;
  runsAt: string;
  /** Why it could not happen; null while it waits. */
  refusal: string | null;
}

export interface TrayItem {
  id: string;
  channel: Channel;
  at: string;
  party: string;
  subject: string;
  text: string;
  hasRaw: boolean;
  hasHtml: boolean;
  reason: 'unknown_sender' | 'several_customers' | 'unreadable';
  suggestions: FoundCustomer[];
  dutyOwner: Named;
  /** Name of the advisor whose public address it was written to. */
  addressedTo: string | null;
  caution: string | null;
  dueAt: string;
  attachments: { position: number; filename: string; contentType: string; size: number }[];
}

export interface FoundCustomer {
  id: string;
  name: string;
  commune: string;
  advisorName: string;
  /** What matched, when it was not the name: an address, a number, a line. */
  found: string | null;
}

export interface FoundCommune {
  insee: string;
  name: string;
  postcodes: string[];
  advisors: { id: string; name: string; sector: string | null }[];
}

export interface FoundWords {
  customerId: string;
  customerName: string;
  caseFileId: string;
  subject: string;
  excerpt: string;
  at: string;
}

export interface Found {
  customers: FoundCustomer[];
  communes: FoundCommune[];
  words: FoundWords[];
}

export interface Colleague extends Named {
  pod: string;
  /** Place among the backups of the advisor who asks, 1 first; null for everyone else. */
  rank: number | null;
  awayUntil: string | null;
}

export interface AbsenceInfo {
  id: string;
  advisor: Named;
  startsAt: string;
  endsAt: string;
  cover: Named | null;
  /** Who answers in fact: the cover, or the first backup there. */
  standIns: Named[];
  handover: string;
  state: 'coming' | 'now' | 'over';
}

export interface OutboxInfo {
  serverConfigured: boolean;
  smsConfigured: boolean;
  mails: OutboxMail[];
  /** How many older ones are not among them. */
  more: { failed: number; waiting: number };
}

export interface OutboxMail {
  id: string;
  kind: string;
  to: string;
  fromName: string;
  subject: string;
  text: string;
  /** Whether a personal link was taken out of the text: it is for whom the message is for. */
  linkHidden: boolean;
  customerId: string | null;
  customerName: string | null;
  createdAt: string;
  leavesAt: string;
  state: 'waiting' | 'sending' | 'sent' | 'failed' | 'cancelled';
  stateAt: string;
  attempts: number;
  lastError: string | null;
  perhapsTwice: boolean;
  channel: 'mail' | 'sms';
  /** Of an SMS: how many are charged, and what the network said of it. */
  parts: number | null;
  arrived: boolean | null;
}

/** What an advisor sees of who is calling. */
export interface CallerInfo extends Named {
  commune: string;
  own: Named;
  exchanges: { id: string; at: string; channel: Channel; direction: 'in' | 'out'; text: string }[];
  commitments: OpenCommitment[];
  notice: { title: string; slug: string; at: string } | null;
}

export interface CallNow {
  id: string;
  state: 'ringing' | 'talking' | 'ended' | 'elsewhere' | 'setAside' | 'passed';
  direction: 'in' | 'out';
  since: string;
  phone: string | null;
  caller: CallerInfo | null;
  likely: FoundCustomer[];
  numberOnFile: boolean;
  at: string | null;
  askOutcome: boolean;
  pickUp: boolean;
  why: 'own_phone' | 'not_dialled' | 'untold' | null;
  passing: { by: string; to: string; words: string; taken: boolean } | null;
  finishingAt: string | null;
  saidOver: boolean;
}

export interface Dialled {
  callId: string;
  phone: string;
  /** The phone system dials; else the phone beside the screen does. */
  bySwitch: boolean;
}

export interface MissedCall {
  id: string;
  at: string;
  customerId: string;
  customerName: string;
  caseFileId: string;
}

export interface CallsNow {
  calls: CallNow[];
  missed: MissedCall[];
  /** Since when no call rings here, by the advisor's own wish. */
  pausedSince: string | null;
  /** I am on the phone with somebody on no file, or with a colleague, as far as the phone system tells. */
  unrecordedSince: string | null;
}

export interface Callback {
  id: string;
  customerId: string;
  customerName: string;
  commune: string;
  caseFileId: string;
  subject: string;
  words: string;
  dueAt: string;
  owner: Named;
  group: 'mine' | 'rescue';
  broken: boolean;
  tries: number;
}

/** What the rules would have an advisor do next who is free now; `about`: whose, and its time. */
export interface NextForMe {
  task: 'call' | 'callback' | 'message' | 'nothing';
  about: { customerId: string; customerName: string; caseFileId: string; at: string } | null;
  /** A colleague who owes it. */
  owner: string | null;
}

export interface Callbacks {
  callbacks: Callback[];
  next: NextForMe | null;
}

export interface Wallboard {
  advisors: (Named & {
    doing: 'idle' | 'ringing' | 'call' | 'wrapUp' | 'message' | 'off' | 'away';
    since: string | null;
    openCallbacks: number;
  })[];
  waiting: { id: string; since: string; customer: string | null; own: string | null; ringsAt: string | null }[];
  promises: { id: string; kind: CommitmentKind; dueAt: string; owner: string; customerId: string; customer: string }[];
}
