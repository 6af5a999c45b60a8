import { sql } from 'kysely';
import type { Check } from './finding.ts';
import { rowsCheck } from './rows.ts';

const open = sql`kept_at is null and broken_at is null and withdrawn_at is null`;

/** Invariants 2 and 3: every open matter has an owner and a date, everything accepted is somewhere, once. */
export const promiseChecks: readonly Check[] = [
  rowsCheck(
    'commitmentMissing',
    () => sql`select f.id from case_file f where f.closed_at is null
      and not exists (select from commitment where case_file_id = f.id and ${open})`,
  ),
  rowsCheck(
    'ownerLeft',
    () =>
      sql`select f.id from case_file f join advisor a on a.id = f.owner_id where f.closed_at is null and a.left_at is not null`,
  ),
  rowsCheck(
    'answerMissing',
    () => sql`select f.id from case_file f where f.closed_at is null and f.unanswered_since is not null
      and not exists (select from commitment where case_file_id = f.id and kind in ('answer', 'callback') and ${open})`,
  ),
  rowsCheck(
    'commitmentsUnwatched',
    ({ now }) => sql`select id from commitment where due_at < ${now}::timestamptz - interval '5 minutes' and ${open}`,
  ),
  rowsCheck('trayOverdue', ({ now }) => sql`select id from tray_item where sorted_at is null and due_at < ${now}`),
  rowsCheck(
    'trayOwnerLeft',
    () => sql`select t.id from tray_item t join advisor a on a.id = t.duty_owner_id
      where t.sorted_at is null and a.left_at is not null`,
  ),
  rowsCheck(
    'callsUnfinished',
    ({ now }) => sql`select id from call where direction = 'in' and answered_at is null and missed_at is null
      and invited_at < ${now}::timestamptz - interval '20 minutes'`,
  ),
  rowsCheck(
    'numbersKept',
    ({ now }) => sql`select c.id from call c where c.customer_id is null and c.from_phone is not null
      and c.invited_at < ${now}::timestamptz - interval '32 days'
      and not exists (select from tray_item t where t.id = c.tray_item_id and t.sorted_at is null)`,
  ),
  rowsCheck(
    'interactionTwice',
    () => sql`select encode(content_hash, 'hex') as id from interaction where content_hash is not null
      group by content_hash, coalesce(message_id, '') having count(*) > 1
      union all
      select i.id::text from tray_item t join interaction i on i.content_hash = t.content_hash and coalesce(i.message_id, '') = coalesce(t.message_id, '')
      where t.sorted_at is null`,
  ),
  rowsCheck(
    'actionsStuck',
    ({ now }) => sql`select id from held_action where done_at is null and undone_at is null and refused_at is null
      and runs_at < ${now}::timestamptz - interval '5 minutes'`,
  ),
];
