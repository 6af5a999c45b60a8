import type { Words } from './words.ts';

const s = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const english: Words = {
  version: {
    wrong: (_, found) => `PostgreSQL is at version ${found}, older than 15.`,
    mend: 'Upgrade PostgreSQL to 15 or newer.',
  },
  durability: {
    wrong: (_, found) => `PostgreSQL may lose what it has confirmed: ${found}.`,
    mend: 'Set fsync, full_page_writes and synchronous_commit to "on" in postgresql.conf and reload the server.',
  },
  clock: {
    wrong: (_, found) => `The clock of this machine and the database's differ by ${found}.`,
    mend: 'Turn on time synchronisation (NTP) on both machines.',
  },
  logAhead: {
    wrong: (count, found) =>
      `${s(count, 'line', 'lines')} of the event log ${count === 1 ? 'is' : 'are'} from the future: ${found}.`,
    mend: 'The clock ran ahead when they were written. Turn on time synchronisation (NTP).',
  },
  tenure: {
    wrong: (count, found) =>
      `${s(count, 'customer has', 'customers have')} another advisor in charge than on record: ${found}.`,
    mend: 'Someone changed the table "tenure" by hand. Restore it from a backup, or write to the maintainers.',
  },
  tenureGaps: {
    wrong: (count, found) =>
      `${s(count, 'customer was', 'customers were')} without an advisor, or with two, for some time: ${found}.`,
    mend: 'Someone changed the table "tenure" by hand. Restore it from a backup, or write to the maintainers.',
  },
  advisorLeft: {
    wrong: (count, found) =>
      `${s(count, 'customer belongs', 'customers belong')} to an advisor who has left: ${found}.`,
    mend: 'Give each another advisor: visavis customer move REFERENCE ADVISOR_MAIL --handover TEXT.',
  },
  changeUntold: {
    wrong: (count, found) =>
      `${s(count, 'customer has', 'customers have')} another advisor without an announcement and a handover: ${found}.`,
    mend: 'The table "customer" was changed by hand. Tell each of them, and use visavis customer move next time.',
  },
  areaAdvisorLeft: {
    wrong: (count, found) =>
      `${s(count, 'area is served', 'areas are served')} by an advisor who has left (INSEE ${found}).`,
    mend: 'Give each another advisor: visavis advisor area ADVISOR_MAIL INSEE.',
  },
  backups: {
    wrong: (count, found) => `${s(count, 'advisor has', 'advisors have')} fewer than two backups: ${found}.`,
    mend: 'Name two, best first: visavis advisor backups ADVISOR_MAIL BACKUP_MAIL BACKUP_MAIL.',
  },
  cover: {
    wrong: (count, found) =>
      `For ${s(count, 'advisor', 'advisors')}, nobody named is at work in some opening hour of the next 14 days: ${found}.`,
    mend: 'Name another cover for the absence, or other backups.',
  },
  commitmentMissing: {
    wrong: (count, found) => `${s(count, 'open case file has', 'open case files have')} no open commitment: ${found}.`,
    mend: 'Open it in the workspace and promise the next step with a date.',
  },
  ownerLeft: {
    wrong: (count, found) =>
      `${s(count, 'open case file belongs', 'open case files belong')} to an advisor who has left: ${found}.`,
    mend: 'Hand it over to a colleague in the workspace.',
  },
  answerMissing: {
    wrong: (count, found) =>
      `${s(count, 'customer waits', 'customers wait')} for an answer nobody has promised, in case files ${found}.`,
    mend: 'Open it in the workspace and answer, or promise an answer.',
  },
  commitmentsUnwatched: {
    wrong: (count, found) => `${s(count, 'commitment is', 'commitments are')} overdue and was not passed on: ${found}.`,
    mend: 'Start a process whose VISAVIS_PARTS contain "jobs"; its log says what fails.',
  },
  trayOverdue: {
    wrong: (count, found) => `${s(count, 'item', 'items')} of the tray should have been sorted by now: ${found}.`,
    mend: 'Sort the tray in the workspace.',
  },
  trayOwnerLeft: {
    wrong: (count, found) =>
      `${s(count, 'item', 'items')} of the tray ${count === 1 ? 'waits' : 'wait'} for somebody who has left: ${found}.`,
    mend: 'Sort the tray in the workspace.',
  },
  deliveriesUnread: {
    wrong: (count, found) => `${s(count, 'mail was', 'mails were')} stored and not read for five minutes: ${found}.`,
    mend: 'Start a process whose VISAVIS_PARTS contain "jobs"; its log says what fails.',
  },
  deliveriesNowhere: {
    wrong: (count, found) =>
      `${s(count, 'mail was', 'mails were')} read and ${count === 1 ? 'is' : 'are'} neither on a timeline nor in the tray: ${found}.`,
    mend: 'Someone deleted rows by hand. The raw mails are kept: restore a backup, or write to the maintainers.',
  },
  callsUnfinished: {
    wrong: (count, found) => `${s(count, 'call was', 'calls were')} never reported answered or missed: ${found}.`,
    mend: 'Start a process whose VISAVIS_PARTS contain "jobs": it counts such calls as missed after ten minutes.',
  },
  numbersKept: {
    wrong: (count, found) =>
      `${s(count, 'number', 'numbers')} of unknown callers kept for over 30 days, calls ${found}.`,
    mend: 'Start a process whose VISAVIS_PARTS contain "jobs": it deletes them every night.',
  },
  interactionTwice: {
    wrong: (count, found) => `${s(count, 'message stands', 'messages stand')} in two places: ${found}.`,
    mend: 'Set the one in the tray aside, or write to the maintainers.',
  },
  figuresGathered: {
    wrong: (count, found) =>
      `${s(count, 'exchange', 'exchanges')} in the figures ${count === 1 ? 'is' : 'are'} not as the event log says, lines ${found}.`,
    mend: 'Add the figures up again from the log: visavis figures --rebuild.',
  },
  figuresPublished: {
    wrong: (_, found) => `The published figures are not what the event log says: ${found}.`,
    mend: 'Someone changed the log or the figures by hand. Restore a backup, or write to the maintainers.',
  },
  secretMissing: {
    wrong: (count, found) =>
      `${s(count, 'secret that signed mails and links is', 'secrets that signed mails and links are')} not known here, and sessions, links or answers still need it: ${found}.`,
    mend: 'Set VISAVIS_SECRET as in the product itself, and list the secrets before it in VISAVIS_OLDER_SECRETS.',
  },
  mailStuck: {
    wrong: (count, found) => `${s(count, 'mail', 'mails')} should have left ten minutes ago: ${found}.`,
    mend: 'Look at the outbox page, at VISAVIS_SMTP_URL, and start a process whose VISAVIS_PARTS contain "jobs".',
  },
  mailFailed: {
    wrong: (count, found) => `${s(count, 'mail', 'mails')} could not be delivered in the last seven days: ${found}.`,
    mend: 'The outbox page gives the reasons. Correct the address, or reach the person another way.',
  },
  smsUnread: {
    wrong: (count, found) =>
      `${s(count, 'stored SMS has', 'stored SMS have')} not been read for five minutes: ${found}.`,
    mend: 'Start a process with jobs in VISAVIS_PARTS; its log says what fails.',
  },
  smsStuck: {
    wrong: (count, found) => `${s(count, 'SMS', 'SMS')} should have left ten minutes ago: ${found}.`,
    mend: 'See the outbox page and VISAVIS_SMS_URL. Start a process with jobs in VISAVIS_PARTS.',
  },
  smsFailed: {
    wrong: (count, found) => `${s(count, 'SMS', 'SMS')} could not be delivered in the last seven days: ${found}.`,
    mend: 'The outbox page gives the reasons. Correct the number, or reach the person in another way.',
  },
  smsLink: {
    wrong: (_, found) => `The SMS centre or gateway of VISAVIS_SMS_URL does not answer (${found}).`,
    mend: 'Check its name, its port and the firewall. SMS wait some hours; then the outbox page says so.',
  },
  jobsFailed: {
    wrong: (count, found) =>
      `${s(count, 'background job', 'background jobs')} failed for good in the last seven days: ${found}.`,
    mend: 'The log of the jobs process gives the reason.',
  },
  jobsWaiting: {
    wrong: (count, found) =>
      `${s(count, 'background job waits', 'background jobs wait')} for more than five minutes: ${found}.`,
    mend: 'Start a process whose VISAVIS_PARTS contain "jobs", or one more of them.',
  },
  actionsStuck: {
    wrong: (count, found) => `${s(count, 'action', 'actions')} of the staff should have been carried out: ${found}.`,
    mend: 'Start a process whose VISAVIS_PARTS contain "jobs"; its log says what fails.',
  },
  disk: {
    wrong: (_, found) => `The disk is nearly full: ${found}.`,
    mend: 'Make room, or move VISAVIS_DATA to a larger disk, before mail is refused.',
  },
  origin: {
    wrong: (_, found) => `Links in mails lead to ${found}, which only this machine can open.`,
    mend: 'Set VISAVIS_ORIGIN to the address people type.',
  },
  clockOutside: {
    wrong: (_, found) => `The clock of this machine and those of other servers differ: ${found}.`,
    mend: 'Turn on time synchronisation (NTP) on this machine.',
  },
  smtpOut: {
    wrong: (_, found) => `The mail server of VISAVIS_SMTP_URL does not answer (${found}).`,
    mend: 'Check its name, its port, and the firewall. Mail waits meanwhile; nothing is lost.',
  },
  smtpLogin: {
    wrong: (_, found) => `The mail server of VISAVIS_SMTP_URL does not let us in: ${found}.`,
    mend: 'Correct the name and the password in VISAVIS_SMTP_URL. Mail waits meanwhile; nothing is lost.',
  },
  imapIn: {
    wrong: (_, found) => `The mailbox server of VISAVIS_IMAP_URL does not answer (${found}).`,
    mend: 'Check its name, its port, and the firewall. Mail stays in the mailbox meanwhile.',
  },
  imapLogin: {
    wrong: (_, found) => `The mailbox server of VISAVIS_IMAP_URL does not let us in: ${found}.`,
    mend: 'Correct the name and the password in VISAVIS_IMAP_URL. Mail stays in the mailbox meanwhile.',
  },
  imapFolder: {
    wrong: (_, found) => `The mailbox of VISAVIS_IMAP_URL has no such folder: ${found}.`,
    mend: 'Correct the end of VISAVIS_IMAP_URL, or make the folder there.',
  },
  smtpIn: {
    wrong: (_, found) => `Our own mail door does not answer (${found}).`,
    mend: 'Start Visavis with "mail" in VISAVIS_PARTS, or correct VISAVIS_SMTP_PORT.',
  },
};
