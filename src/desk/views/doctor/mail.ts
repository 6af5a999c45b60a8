import { sql } from 'kysely';
import type { Check } from './finding.ts';
import { rowsCheck } from './rows.ts';

/** Mail and SMS that came and were not read, that were written and have not left. */
export const mailChecks: readonly Check[] = [
  rowsCheck(
    'deliveriesUnread',
    ({ now }) =>
      sql`select id from delivery where read_at is null and received_at < ${now}::timestamptz - interval '5 minutes'`,
  ),
  rowsCheck(
    'deliveriesNowhere',
    () =>
      sql`select id from delivery where outcome in ('interaction', 'tray') and interaction_id is null and tray_item_id is null`,
  ),
  // Without a server to send through, what waits is shown on the outbox page and is no fault.
  rowsCheck('mailStuck', ({ now, sendsMail }) =>
    sendsMail
      ? sql`select id from outgoing_mail where sent_at is null and failed_at is null and cancelled_at is null
          and coalesce(next_attempt_at, leave_after) < ${now}::timestamptz - interval '10 minutes'`
      : undefined,
  ),
  rowsCheck(
    'mailFailed',
    ({ now }) => sql`select id from outgoing_mail where failed_at > ${now}::timestamptz - interval '7 days'`,
  ),
  rowsCheck(
    'smsUnread',
    // The parts of a long one wait for each other for half an hour.
    ({ now }) => sql`select id from sms_delivery where read_at is null
      and received_at < ${now}::timestamptz - case when group_size is null then interval '5 minutes' else interval '40 minutes' end`,
  ),
  rowsCheck('smsStuck', ({ now, sendsSms }) =>
    sendsSms
      ? sql`select id from outgoing_sms where sent_at is null and failed_at is null and cancelled_at is null
          and leave_after < ${now}::timestamptz - interval '10 minutes'`
      : undefined,
  ),
  rowsCheck(
    'smsFailed',
    ({ now }) => sql`select id from outgoing_sms
      where greatest(failed_at, undelivered_at) > ${now}::timestamptz - interval '7 days'`,
  ),
];
