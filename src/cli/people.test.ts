import { CommanderError } from 'commander';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { testHouse } from '../../test/app.ts';
import { testDatabase } from '../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../test/world.ts';
import { examine } from '../desk/views/doctor/examine.ts';
import { createProgram } from './program.ts';

const db = testDatabase();
let world: World;
let customer: { id: string; lineReference: string };
let kysely: typeof db.database.kysely;

beforeAll(async () => {
  kysely = db.database.kysely;
  world = await buildWorld(db);
  customer = await addTestCustomer(db, world, { mail: 'claude@example.org', phone: '+33639980500' });
});
afterEach(() => {
  process.exitCode = 0;
});

/** What a shell would see. */
async function run(args: string[], environment: Record<string, string> = {}) {
  process.exitCode = 0;
  const seen = { out: '', err: '' };
  const program = createProgram((work) => work(testHouse(db, environment)));
  const hush = (command: typeof program): void => {
    command.configureOutput({ writeOut: (text) => (seen.out += text), writeErr: (text) => (seen.err += text) });
    for (const each of command.commands) hush(each);
  };
  hush(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return { ...seen, status: Number(process.exitCode) };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { ...seen, status: error.exitCode === 0 ? 0 : 2 };
  }
}
const visavis = (...args: string[]) => run(args);
const mail = (name: string) => `${name}@regie.example.org`;
const customerRow = () => kysely.selectFrom('customer').where('id', '=', customer.id).selectAll().executeTakeFirst();
const points = async () =>
  (await kysely.selectFrom('contactPoint').where('customerId', '=', customer.id).select('value').execute())
    .map(({ value }) => value)
    .sort();

describe('staff invite', () => {
  const invite = (name: string, environment: Record<string, string>, ...more: string[]) =>
    run(['staff', 'invite', '--mail', mail(name), '--name', name, '--role', 'moderator', ...more], environment);

  it('says that nothing is sent where no mail can leave, and prints the link to hand over', async () => {
    const { out, status } = await invite('zoe', {});
    expect(status).toBe(0);
    expect(out).toMatch(/^Nothing is sent.*VISAVIS_SMTP_URL.*zoe@regie.example.org:\nhttp\S+\/staff\/password\/\S+\n$/);
    expect(out).not.toContain('on its way');
    expect(JSON.parse((await invite('zoe', {}, '--json')).out)).toMatchObject({ kind: 'invited', mailed: false });
  });

  it('says that the invitation is on its way where mail can leave', async () => {
    const { out } = await invite('yan', { VISAVIS_SMTP_URL: 'smtp://127.0.0.1:2526' });
    expect(out).toMatch(/on its way.*\nhttp/);
  });

  it('knows an advisor by mail address or id, and says where to look one up', async () => {
    await kysely.updateTable('staff').set({ advisorId: null }).where('id', '=', world.staff.bruno).execute();
    expect(await invite('bruno', {}, '--advisor', mail('nobody'))).toMatchObject({
      status: 1,
      out: expect.stringContaining('visavis advisor list'),
    });
    for (const advisor of ['Bruno@regie.example.org', world.bruno]) {
      expect(await invite('bruno', {}, '--advisor', advisor)).toMatchObject({ status: 0 });
      const staff = kysely.selectFrom('staff').where('email', '=', mail('bruno')).select('advisorId');
      expect(await staff.executeTakeFirst()).toEqual({ advisorId: world.bruno });
    }
  });
});

describe('advisor list and backups', () => {
  it('lists who answers, where, for how many, and who stands in', async () => {
    const { out } = await visavis('advisor', 'list', '--json');
    const all = JSON.parse(out) as { mail: string }[];
    expect(all).toHaveLength(4);
    expect(all.find((each) => each.mail === mail('ana'))).toEqual({
      id: world.ana,
      name: 'Ana Perrin',
      pod: 'Haut-Jura',
      office: 'Saint-Claude',
      mail: mail('ana'),
      backups: [mail('bruno'), mail('chloe')],
      customers: 1,
      areas: 1,
      leftAt: null,
    });
    const lines = (await visavis('advisor', 'list')).out.split('\n');
    expect(lines[0]).toMatch(/^name +mail +office +pod +customers +backups +id$/);
    expect(lines.find((line) => line.startsWith('Ana Perrin'))).toMatch(
      new RegExp(`ana@regie.example.org +Saint-Claude +Haut-Jura +1 +${mail('bruno')} ${mail('chloe')} +${world.ana}$`),
    );
  });

  it('names backups in their order, and changes nothing when they cannot be', async () => {
    const ranked = async () =>
      (
        await kysely
          .selectFrom('backup')
          .where('advisorId', '=', world.ana)
          .select('backupAdvisorId')
          .orderBy('rank')
          .execute()
      ).map((row) => row.backupAdvisorId);
    expect(await visavis('advisor', 'backups', mail('ana'), mail('lea'), mail('chloe'))).toMatchObject({
      status: 0,
      out: 'In place of Ana Perrin: Léa Marandet, Chloé Vuillemin.\n',
    });
    expect(await ranked()).toEqual([world.lea, world.chloe]);
    const refused = async (...backups: string[]) => visavis('advisor', 'backups', mail('ana'), ...backups);
    expect(await refused(mail('bruno'))).toMatchObject({ status: 1, err: expect.stringContaining('at least two') });
    expect(await refused(mail('bruno'), mail('nobody'))).toMatchObject({
      status: 1,
      err: expect.stringContaining(mail('nobody')),
    });
    expect(await refused(mail('ana'), mail('lea'))).toMatchObject({ status: 1, err: expect.stringContaining('own') });
    expect(await refused()).toMatchObject({ status: 2 });
    expect(await ranked()).toEqual([world.lea, world.chloe]);
  });
});

describe('customer contact', () => {
  it('adds and removes a number or address, and never the last one', async () => {
    const contact = (...args: string[]) => visavis('customer', 'contact', customer.lineReference, ...args);
    expect(await contact('--add', '06 39 98 05 01')).toMatchObject({ status: 0 });
    expect(await points()).toEqual(['+33639980500', '+33639980501', 'claude@example.org']);
    expect(await contact('--add', '06 39 98 05 01')).toMatchObject({ status: 1 });
    expect(await contact('--remove', '+33639980500')).toMatchObject({ status: 0 });
    expect(await contact('--remove', '06 39 98 05 01', '--json')).toMatchObject({
      out: '{"ok":true,"value":"+33639980501"}\n',
    });
    expect(await contact('--remove', 'Claude@example.org')).toMatchObject({
      status: 1,
      err: expect.stringContaining('last way'),
    });
    expect(await contact('--remove', 'other@example.org')).toMatchObject({ status: 1 });
    expect(await points()).toEqual(['claude@example.org']);
  });

  it('answers 2 to what it cannot read, and 1 to a number nobody has', async () => {
    const add = ['--add', '06 39 98 05 02'];
    expect(await visavis('customer', 'contact', customer.lineReference)).toMatchObject({ status: 2 });
    expect(
      await visavis('customer', 'contact', customer.lineReference, ...add, '--remove', 'x@example.org'),
    ).toMatchObject({ status: 2 });
    expect(await visavis('customer', 'contact', customer.lineReference, '--add', 'soon')).toMatchObject({ status: 2 });
    expect(await visavis('customer', 'contact', 'L999999', ...add)).toMatchObject({ status: 1 });
    expect(await points()).toEqual(['claude@example.org']);
  });
});

describe('an advisor leaves', () => {
  it('is refused in words while customers and areas remain', async () => {
    const { status, err } = await visavis('advisor', 'leave', mail('ana'));
    expect(status).toBe(1);
    expect(err).toContain('- 1 customer (visavis customer move)\n- 1 area (visavis advisor area)');
    expect(err).not.toContain('tray');
    expect(await visavis('advisor', 'leave', mail('nobody'))).toMatchObject({ status: 1 });
  });

  it('customers are moved with a written handover, and told', async () => {
    const { reference } = (await customerRow()) ?? {};
    const move = (...args: string[]) => visavis('customer', 'move', String(reference), ...args);
    expect(await move(mail('bruno'))).toMatchObject({ status: 2 });
    expect(await move(mail('bruno'), '--handover', ' ')).toMatchObject({ status: 1 });
    expect(await move(mail('nobody'), '--handover', 'x')).toMatchObject({ status: 1 });
    expect(await move(mail('ana'), '--handover', 'x')).toMatchObject({ status: 1 });
    expect(await customerRow()).toMatchObject({ advisorId: world.ana });
    expect(await move(mail('bruno'), '--handover', 'Calls after four.')).toMatchObject({
      status: 0,
      out: expect.stringContaining('told by mail'),
    });
    expect(await customerRow()).toMatchObject({ advisorId: world.bruno });
    const change = kysely.selectFrom('advisorChange').selectAll();
    expect(await change.execute()).toMatchObject([{ handover: 'Calls after four.', toAdvisorId: world.bruno }]);
  });

  it('the area goes to a colleague, and its customers stay with whom they are', async () => {
    const area = (...args: string[]) => visavis('advisor', 'area', ...args);
    expect(await area(mail('chloe'), '25056')).toMatchObject({ status: 1, err: expect.stringContaining('25056') });
    expect(await area(mail('ana'), '39478')).toMatchObject({ status: 1 });
    expect(await area(mail('chloe'), '39478', '--sector', 'North')).toMatchObject({ status: 1 });
    expect(await area(mail('chloe'), '39478')).toMatchObject({ status: 0 });
    expect(await kysely.selectFrom('area').select('advisorId').execute()).toEqual([{ advisorId: world.chloe }]);
    expect(await customerRow()).toMatchObject({ advisorId: world.bruno });
  });

  it('is refused while a colleague would have too few backups, who is named', async () => {
    const { status, err } = await visavis('advisor', 'leave', mail('ana'));
    expect(status).toBe(1);
    expect(err).toContain(mail('lea'));
    for (const [name, ...backups] of [
      ['lea', 'bruno', 'chloe'],
      ['chloe', 'bruno', 'lea'],
    ] as const)
      await visavis('advisor', 'backups', mail(name), ...backups.map(mail));
    expect(await visavis('advisor', 'leave', mail('ana'))).toMatchObject({ status: 0 });
    expect((await visavis('advisor', 'list')).out).toContain('Ana Perrin (left)');
  });
});

describe('what the doctor advises', () => {
  it('mends a customer and an area of somebody who has left, and missing backups', async () => {
    // As no command would leave it: Bruno has left, with a customer and an area, and Ana is back; nobody has backups.
    const client = await db.database.pool.connect();
    await client.query(`set session_replication_role = replica;
      update area set advisor_id = '${world.bruno}'; delete from backup;
      update advisor set left_at = now() where id = '${world.bruno}';
      update advisor set left_at = null where id = '${world.ana}';
      update roster set version = nextval('roster_number');
      set session_replication_role = origin`);
    client.release();
    const wrong = async () =>
      (await examine({ db: kysely, now: db.clock.now, sendsMail: false }, () => undefined)).filter(({ check }) =>
        ['advisorLeft', 'areaAdvisorLeft', 'backups'].includes(check),
      );
    const [ofCustomers, ofAreas, ofBackups] = await wrong();
    expect([ofCustomers?.check, ofAreas?.check, ofBackups?.check]).toEqual([
      'advisorLeft',
      'areaAdvisorLeft',
      'backups',
    ]);
    await visavis('customer', 'move', String(ofCustomers?.examples[0]), mail('lea'), '--handover', 'In the file.');
    await visavis('advisor', 'area', mail('lea'), String(ofAreas?.examples[0]));
    for (const names of [
      ['ana', 'chloe', 'lea'],
      ['chloe', 'lea', 'ana'],
      ['lea', 'ana', 'chloe'],
    ])
      await visavis('advisor', 'backups', ...names.map(mail));
    expect(await wrong()).toEqual([]);
    const told = kysely.selectFrom('outgoingMail').where('kind', '=', 'advisor_change').select('text').orderBy('id');
    expect((await told.execute()).at(-1)?.text).toContain('Bruno Cattin a tout transmis');
  });
});
