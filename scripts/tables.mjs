// Writes src/desk/tables.ts, the types of every table, from a database that all migrations were applied to.
// With --check it writes nothing and fails when the file is not what the migrations say.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const url = process.env.DATABASE_URL;
if (!url) throw new Error('DATABASE_URL must name a migrated database.');
const checking = process.argv.includes('--check');
const target = 'src/desk/tables.ts';
const out = checking ? join(tmpdir(), `visavis-tables-${process.pid}.ts`) : target;
// What a text column with a check allows, and what a JSON column holds.
const oneOf = (...values) => values.map((value) => `'${value}'`).join(' | ');
const channel = oneOf('call', 'mail', 'sms', 'message', 'visit', 'letter', 'comment');
const locale = `ColumnType<'fr' | 'en', 'fr' | 'en' | undefined, 'fr' | 'en'>`;
const reason = oneOf('spam', 'insult', 'private-data', 'unlawful', 'off-topic', 'advertising');
const overrides = {
  columns: {
    'caseload_plan.kind': oneOf('design', 'repair', 'sectors'),
    'caseload_plan.state': oneOf(
      'waiting',
      'working',
      'ready',
      'failed',
      'cancelled',
      'applying',
      'applied',
      'undoing',
      'undone',
    ),
    'caseload_plan.stage': `${oneOf('reading', 'parts', 'whole', 'measuring')} | null`,
    'caseload_plan_person.cause': oneOf('part', 'leaves', 'away', 'comes', 'works'),
    'caseload_move.told_by': `${oneOf('mail', 'sms', 'letter')} | null`,
    'caseload_move.stay_told_by': `${oneOf('mail', 'sms', 'letter')} | null`,
    'plan_study.state': oneOf('waiting', 'working', 'ready', 'failed', 'cancelled'),
    'caseload_move.why_withdrawn': `${oneOf('undone', 'moved_meanwhile', 'advisor_left')} | null`,
    'customer.kind': oneOf('household', 'business', 'town_hall'),
    'customer.locale': locale,
    'customer.ring_back': `ColumnType<'ask' | 'always' | 'never', 'ask' | 'always' | 'never' | undefined, 'ask' | 'always' | 'never'>`,
    'staff.locale': locale,
    'own_sentence.kind': oneOf('greeting', 'opening', 'ending'),
    'own_sentence.locale': oneOf('fr', 'en'),
    'operator.locale': locale,
    'api_token.role': oneOf('advisor', 'lead', 'moderator', 'administrator'),
    'staff.role': oneOf('advisor', 'lead', 'moderator', 'administrator'),
    'advisor.shown_as': `ColumnType<'full' | 'first', 'full' | 'first' | undefined, 'full' | 'first'>`,
    'contact_point.kind': oneOf('phone', 'mail', 'postal'),
    'pending_message.locale': oneOf('fr', 'en'),
    'interaction.channel': channel,
    'interaction.direction': oneOf('in', 'out'),
    'call.direction': `ColumnType<'in' | 'out', 'in' | 'out' | undefined, 'in' | 'out'>`,
    'call.set_aside_why': `${oneOf('own_phone', 'not_dialled', 'untold')} | null`,
    'tray_item.channel': channel,
    'tray_item.reason': oneOf('unknown_sender', 'several_customers', 'unreadable'),
    'commitment.kind': oneOf('answer', 'callback', 'nextNews', 'visit'),
    'ownership.reason': oneOf('own', 'absence', 'return', 'handover', 'escalation', 'departure'),
    'delivery.source': oneOf('smtp', 'imap', 'upload'),
    'delivery.outcome': `${oneOf('interaction', 'tray', 'bounce', 'ignored')} | null`,
    'outgoing_sms.kind': oneOf('acknowledgement', 'reply', 'commitment', 'stop', 'advisor_change'),
    'sms_receipt.state': oneOf('delivered', 'undelivered'),
    'draft.kind': oneOf('reply', 'note'),
    'presence.doing': oneOf('looks', 'writes'),
    'operator.moderate_comments': `ColumnType<'before' | 'after', 'before' | 'after' | undefined, 'before' | 'after'>`,
    'post.genre': oneOf('reporting', 'press-review', 'notice', 'sponsored', 'right-of-reply'),
    'post_version.locale': oneOf('fr', 'en'),
    'comment.locale': oneOf('fr', 'en'),
    'comment.held_why': `${oneOf('before', 'first', 'links', 'alike', 'edited', 'reported')} | null`,
    'moderation.verdict': oneOf('publish', 'refuse', 'hide', 'restore'),
    'moderation.reason': `${reason} | null`,
    'comment_report.reason': reason,
    'comment_report.locale': oneOf('fr', 'en'),
    'alert.locale': oneOf('fr', 'en'),
    'erasure.reason': oneOf('asked', 'left', 'mistake'),
    'solved_question.answer': `${oneOf('yes', 'no')} | null`,
    'solved_question.after_days': '4 | 28',
    'one_time_link.purpose': oneOf('customer_session', 'confirm_message', 'staff_sign_in', 'staff_password'),
  },
};
const args = [
  '--dialect',
  'postgres',
  '--url',
  url,
  '--camel-case',
  '--exclude-pattern',
  '(migration|pgboss.*)',
  '--default-schema',
  'public',
  '--include-pattern',
  'public.*',
  '--numeric-parser',
  'string',
  '--type-mapping',
  JSON.stringify({ int8: 'number' }),
  '--overrides',
  JSON.stringify(overrides),
  '--out-file',
  out,
];
const result = spawnSync('node_modules/.bin/kysely-codegen', args, { encoding: 'utf8' });
if (result.status !== 0) throw new Error(result.stderr || result.stdout);
if (checking) {
  const same = readFileSync(out, 'utf8') === readFileSync(target, 'utf8');
  rmSync(out);
  if (!same) throw new Error(`${target} is not what the migrations say; run: npm run tables`);
}
