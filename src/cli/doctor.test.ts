import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { beforeAll, describe, expect, it } from 'vitest';
import { testHouse } from '../../test/app.ts';
import { testDatabase } from '../../test/database.ts';
import { englishWordsIn } from '../../test/english.ts';
import { freePort } from '../../test/servers/product.ts';
import { startSmsc } from '../../test/servers/smsc.ts';
import { addTestCustomer, buildWorld, type World } from '../../test/world.ts';
import { system } from '../desk/actor.ts';
import { receiveInteraction } from '../desk/interactions/receive.ts';
import { type CheckName, checkNames } from '../desk/views/doctor/finding.ts';
import { findingWords } from '../desk/views/doctor/words.ts';
import { createProgram } from './program.ts';

const db = testDatabase();
const quiet = { VISAVIS_ORIGIN: 'https://visavis.example.org', VISAVIS_SMTP_PORT: '0' };
let world: World;
let customer: { id: string };
let caseFileId: string;
let reference: string;
let clockAhead = 0;

beforeAll(async () => {
  db.clock.now = new Date();
  world = await buildWorld(db);
  customer = await addTestCustomer(db, world, { mail: 'claude@example.org' });
  const received = await db.transact((tx) =>
    receiveInteraction(tx, system, {
      channel: 'mail',
      at: tx.now,
      from: { mail: 'claude@example.org' },
      proven: true,
      text: 'La ligne est coupée.',
      messageId: 'first@example.org',
      contentHash: Buffer.alloc(32, 1),
      acknowledge: false,
    }),
  );
  const { kysely } = db.database;
  const found = await kysely.selectFrom('customer').select('reference').executeTakeFirstOrThrow();
  reference = found.reference ?? '';
  if (received.kind === 'interaction') caseFileId = received.caseFileId;
  db.clock.now = new Date();
});

/** What a shell would see. The test server itself is not durable, which the doctor says each time. */
async function doctor(args: string[] = [], environment: Record<string, string> = {}) {
  process.exitCode = 0;
  // Its time is that of the machine, as long as the suite may take.
  db.clock.now = new Date(Date.now() + clockAhead);
  const seen = { out: '', err: '' };
  const program = createProgram((work) => work(testHouse(db, { ...quiet, ...environment })));
  const hush = (command: typeof program): void => {
    command.configureOutput({ writeOut: (text) => (seen.out += text), writeErr: (text) => (seen.err += text) });
    for (const each of command.commands) hush(each);
  };
  hush(program);
  await program.parseAsync(['doctor', ...args], { from: 'user' });
  const status = Number(process.exitCode);
  process.exitCode = 0;
  return { ...seen, status };
}

async function findings(environment: Record<string, string> = {}) {
  const { out } = await doctor(['--json'], environment);
  const { findings: found } = JSON.parse(out) as { findings: { check: string; count: number; examples: string[] }[] };
  return found.filter(({ check }) => check !== 'durability');
}

/** Writes what no command would: triggers and references are off. */
async function force(statements: string): Promise<void> {
  const client = await db.database.pool.connect();
  await client.query(`set session_replication_role = replica; ${statements}; set session_replication_role = origin`);
  client.release();
}

it('finds nothing in a healthy installation, except that the test server is not durable', async () => {
  expect(await findings()).toEqual([]);
  const { status, err } = await doctor(['--lang', 'en']);
  expect(status).toBe(1);
  expect(err).toContain('fsync = off');
  expect(err).toContain('postgresql.conf');
});

const past = "now() - interval '1 hour'";
const planted: { check: string; plant: () => string; undo: () => string; example?: () => string }[] = [
  {
    check: 'tenure',
    plant: () => `update tenure set advisor_id = '${world.bruno}' where customer_id = '${customer.id}'`,
    undo: () => `update tenure set advisor_id = '${world.ana}' where customer_id = '${customer.id}'`,
    example: () => customer.id,
  },
  {
    check: 'tenureGaps',
    plant: () => `insert into tenure values ('${customer.id}', '${world.bruno}', '2020-01-01', '2020-02-01')`,
    undo: () => `delete from tenure where advisor_id = '${world.bruno}'`,
    example: () => customer.id,
  },
  {
    check: 'secretMissing',
    plant: () => "insert into signing_key values ('0badcafe', now() - interval '1 year', now() - interval '10 days')",
    undo: () => 'delete from signing_key',
    example: () => '0badcafe',
  },
  {
    check: 'ownerLeft',
    plant: () =>
      `update case_file set owner_id = '${world.chloe}'; update advisor set left_at = now() where id = '${world.chloe}'`,
    undo: () =>
      `update case_file set owner_id = '${world.ana}'; update advisor set left_at = null where id = '${world.chloe}'`,
    example: () => caseFileId,
  },
  {
    check: 'advisorLeft',
    plant: () => `update advisor set left_at = now() where id = '${world.ana}'`,
    undo: () => 'update advisor set left_at = null',
    example: () => reference,
  },
  {
    check: 'changeUntold',
    plant: () =>
      `insert into tenure select customer_id, '${world.bruno}', since - interval '1 year', since from tenure`,
    undo: () => `delete from tenure where advisor_id = '${world.bruno}'`,
    example: () => reference,
  },
  {
    check: 'logAhead',
    plant: () => "insert into event (at, type) values (now() + interval '1 hour', 'tray.sorted')",
    undo: () => 'delete from event where at > now()',
  },
  {
    check: 'areaAdvisorLeft',
    plant: () => `update advisor set left_at = now() where id = '${world.ana}'`,
    undo: () => 'update advisor set left_at = null',
    example: () => '39478',
  },
  {
    check: 'backups',
    plant: () =>
      `create table kept as select * from backup; delete from backup where advisor_id = '${world.ana}' and rank = 2`,
    undo: () => `delete from backup; insert into backup select * from kept; drop table kept`,
    example: () => 'Ana Perrin',
  },
  {
    check: 'cover',
    plant: () =>
      `insert into absence (id, advisor_id, starts_at, ends_at, entered_at) select gen_random_uuid(), id, now(), now() + interval '20 days', now() from advisor; update roster set version = nextval('roster_number')`,
    undo: () => "delete from absence; update roster set version = nextval('roster_number')",
  },
  {
    check: 'commitmentMissing',
    plant: () => `update commitment set withdrawn_at = now(), withdrawn_words = 'x'`,
    undo: () => `update commitment set withdrawn_at = null, withdrawn_words = null`,
    example: () => caseFileId,
  },
  {
    check: 'answerMissing',
    plant: () => `update commitment set kind = 'nextNews'`,
    undo: () => `update commitment set kind = 'answer'`,
    example: () => caseFileId,
  },
  {
    check: 'commitmentsUnwatched',
    plant: () => `update commitment set due_at = ${past}`,
    undo: () => `update commitment set due_at = now() + interval '1 day'`,
  },
  {
    check: 'trayOverdue',
    plant: () =>
      `insert into tray_item (id, channel, at, reason, duty_owner_id, due_at) values (gen_random_uuid(), 'mail', ${past}, 'unknown_sender', '${world.lea}', ${past})`,
    undo: () => 'delete from tray_item',
  },
  {
    check: 'trayOwnerLeft',
    plant: () =>
      `insert into tray_item (id, channel, at, reason, duty_owner_id, due_at) values (gen_random_uuid(), 'mail', now(), 'unknown_sender', '${world.bruno}', now() + interval '1 day'); update advisor set left_at = now() where id = '${world.bruno}'`,
    undo: () => 'delete from tray_item; update advisor set left_at = null',
  },
  {
    check: 'deliveriesNowhere',
    plant: () =>
      `insert into delivery (id, source, received_at, raw_sha256, size, read_at, outcome) values (gen_random_uuid(), 'smtp', ${past}, '\\x00', 1, ${past}, 'tray')`,
    undo: () => 'delete from delivery',
  },
  {
    check: 'figuresGathered',
    plant: () =>
      `insert into contact_fact values (987654, ${past}, '${customer.id}', '${world.ana}', true, true, false, gen_random_uuid(), '25', 'mail', null)`,
    undo: () => 'delete from contact_fact',
    example: () => '987654',
  },
  {
    check: 'figuresPublished',
    plant: () =>
      `insert into published_figures values ('2026-11-01', '2026-10-01', now(), '{"since":"2026-10-01T00:00:00Z","until":"2026-11-01T00:00:00Z","total":{"contacts":12,"customers":11,"own":null,"named":null}}')`,
    undo: () => 'delete from published_figures',
    example: () => '2026-11-01 contacts',
  },
  {
    check: 'interactionTwice',
    plant: () =>
      `insert into tray_item (id, channel, at, reason, duty_owner_id, due_at, message_id, content_hash) select gen_random_uuid(), 'mail', now(), 'unknown_sender', '${world.lea}', now() + interval '1 day', message_id, content_hash from interaction`,
    undo: () => 'delete from tray_item',
  },
  {
    check: 'deliveriesUnread',
    plant: () =>
      `insert into delivery (id, source, received_at, raw_sha256, size) values (gen_random_uuid(), 'smtp', ${past}, '\\x00', 1)`,
    undo: () => 'delete from delivery',
  },
  {
    check: 'callsUnfinished',
    plant: () => `insert into call (id, invited_at, from_phone, customer_id) values ('silent', ${past}, null, null)`,
    undo: () => 'delete from call',
  },
  {
    check: 'numbersKept',
    plant: () =>
      `insert into call (id, invited_at, from_phone, missed_at) values ('unknown', now() - interval '40 days', '+33639980098', now() - interval '40 days')`,
    undo: () => 'delete from call',
  },
  {
    check: 'mailFailed',
    plant: () =>
      `insert into outgoing_mail (id, kind, from_name, from_address, to_address, subject, text, message_id, automatic, created_at, leave_after, failed_at) values (gen_random_uuid(), 'reply', 'A', 'a@example.org', 'b@example.org', 's', 't', 'm1', false, ${past}, ${past}, ${past})`,
    undo: () => 'delete from outgoing_mail',
  },
  {
    check: 'smsUnread',
    plant: () =>
      `insert into sms_delivery (id, session, from_phone, to_phone, text, received_at) values (gen_random_uuid(), gen_random_uuid(), '+33639980098', '36180', 't', ${past})`,
    undo: () => 'delete from sms_delivery',
  },
  { check: 'smsFailed', plant: () => plantedSms(`failed_at`), undo: () => 'delete from outgoing_sms' },
  { check: 'smsFailed', plant: () => plantedSms(`sent_at, undelivered_at`), undo: () => 'delete from outgoing_sms' },
  {
    check: 'jobsFailed',
    plant: () => `insert into pgboss.job (name, state, completed_on) values ('send-mail', 'failed', now())`,
    undo: () => `delete from pgboss.job`,
    example: () => 'send-mail',
  },
  {
    check: 'jobsWaiting',
    plant: () => `insert into pgboss.job (name, state, start_after) values ('read-delivery', 'created', ${past})`,
    undo: () => `delete from pgboss.job`,
    example: () => 'read-delivery',
  },
  {
    check: 'actionsStuck',
    plant: () =>
      `insert into held_action (id, staff_id, kind, input, made_at, runs_at) values (gen_random_uuid(), '${world.staff.ana}', 'close', '{}', ${past}, ${past})`,
    undo: () => 'delete from held_action',
  },
];

/** An SMS of two hours ago to which what `columns` name has happened since. */
function plantedSms(columns: string): string {
  const values = columns.replaceAll(/[a-z_]+/g, past);
  return `insert into outgoing_sms (id, kind, to_phone, text, parts, customer_id, automatic, created_at, leave_after, ${columns})
    values (gen_random_uuid(), 'reply', '+33639980098', 't', 1, '${customer.id}', false, ${past}, ${past}, ${values})`;
}

describe('each fault is found, named and counted', () => {
  it.each(planted)('$check', async ({ check, plant, undo, example }) => {
    await force(plant());
    const found = (await findings()).find((each) => each.check === check);
    await force(undo());
    expect(found?.count).toBeGreaterThan(0);
    if (example) expect(found?.examples).toContain(example());
    expect(await findings()).toEqual([]);
  });

  it('the same mail twice on timelines', async () => {
    await db.database.pool.query('drop index interaction_content');
    await force(`insert into interaction (id, customer_id, case_file_id, channel, direction, at, text, message_id, content_hash)
      select gen_random_uuid(), customer_id, case_file_id, channel, direction, at, text, message_id, content_hash from interaction`);
    expect(await findings()).toMatchObject([{ check: 'interactionTwice', count: 1 }]);
    await force(`delete from interaction where id <> (select min(id::text)::uuid from interaction)`);
  });

  it('mail that should have left, but only where a server is set to send it', async () => {
    await force(`insert into outgoing_mail (id, kind, from_name, from_address, to_address, subject, text, message_id, automatic, created_at, leave_after)
      values (gen_random_uuid(), 'reply', 'A', 'a@example.org', 'b@example.org', 's', 't', 'm2', false, ${past}, ${past})`);
    const server = new SMTPServer({ disabledCommands: ['AUTH', 'STARTTLS'] });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    expect(await findings({ VISAVIS_SMTP_URL: `smtp://127.0.0.1:${port}` })).toMatchObject([{ check: 'mailStuck' }]);
    await new Promise<void>((resolve) => server.close(resolve));
    expect(await findings()).toEqual([]);
    await force('delete from outgoing_mail');
  });

  it('SMS that should have left, but only where an SMS centre is set', async () => {
    await force(plantedSms('next_attempt_at'));
    const smsc = await startSmsc();
    const found = await findings({ VISAVIS_SMS_URL: smsc.url, VISAVIS_SMS_FROM: '36180' });
    await smsc.stop();
    expect(found).toMatchObject([{ check: 'smsStuck', count: 1 }]);
    expect(await findings()).toEqual([]);
    await force('delete from outgoing_sms');
  });

  it('servers that do not answer, and an address only this machine can open', async () => {
    const port = String(await freePort());
    const found = await findings({
      VISAVIS_SMTP_URL: `smtp://127.0.0.1:${port}`,
      VISAVIS_IMAP_URL: `imap://someone:secret-word@127.0.0.1:${port}`,
      VISAVIS_SMTP_PORT: port,
      VISAVIS_SMS_URL: `smpp://visavis:secret-word@127.0.0.1:${port}`,
      VISAVIS_SMS_FROM: '36180',
      VISAVIS_ORIGIN: 'http://localhost:8080',
    });
    expect(found.map(({ check }) => check)).toEqual(['origin', 'smtpOut', 'imapIn', 'smtpIn', 'smsLink']);
    expect(JSON.stringify(found)).not.toContain('secret-word');
  });

  it('a clock that is an hour wrong', async () => {
    clockAhead = 3_600_000;
    const found = await findings();
    clockAhead = 0;
    expect(found).toMatchObject([{ check: 'clock' }]);
  });

  it('a database that answers before it has written', async () => {
    const { out } = await doctor(['--json']);
    expect(JSON.parse(out).findings[0]).toMatchObject({
      check: 'durability',
      examples: expect.arrayContaining(['fsync = off']),
    });
  });
});

it('speaks French', async () => {
  const { err } = await doctor(['--lang', 'fr']);
  expect(err).toContain('PostgreSQL peut perdre ce qu’il a confirmé');
  expect(err).toContain('rechargez le serveur');
});

it('whatever it can find is told in French alone, also what stands in the examples', () => {
  const told = (check: CheckName, example: string) => {
    const { wrong, mend } = findingWords('fr', { check, count: 2, examples: [example] });
    expect(englishWordsIn(`${wrong} ${mend}`), wrong).toEqual([]);
    return wrong.replaceAll(/[\u00a0\u202f]/g, ' ');
  };
  for (const check of checkNames) told(check, '123');
  expect(told('disk', '1.5 GB, /data')).toContain('1,5 Go, /data');
  expect(told('figuresPublished', '2026-11-01 customers')).toContain('2026-11-01 clients');
});

it('every check is known by a name of its own', () => {
  expect(new Set(checkNames).size).toBe(checkNames.length);
});
