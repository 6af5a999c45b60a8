import { afterEach, beforeAll, expect, it } from 'vitest';
import { cliOf, inFrench } from '../../test/cli.ts';
import { testDatabase } from '../../test/database.ts';
import { englishWordsIn } from '../../test/english.ts';
import { addTestCustomer, buildWorld, type World } from '../../test/world.ts';
import type { BackupProposal } from '../desk/caseloads/backups.ts';
import { carryOutMoves } from '../desk/caseloads/carry-out.ts';
import type { Proposal } from '../desk/caseloads/propose.ts';
import { newId } from '../desk/id.ts';

const db = testDatabase();
const visavis = cliOf(db);
let world: World;

beforeAll(async () => {
  world = await buildWorld(db);
  for (let index = 0; index < 24; index += 1) {
    const { id } = await addTestCustomer(db, world, { mail: `client${index}@example.org` });
    const advisorId = [world.ana, world.bruno, world.chloe][index % 3] ?? world.ana;
    await db.database.kysely.updateTable('customer').set({ advisorId }).where('id', '=', id).execute();
  }
});
afterEach(() => {
  process.exitCode = 0;
});

const charges = () => db.database.kysely.selectFrom('customer').select(['id', 'advisorId']).orderBy('id').execute();

it('shows what a departure would move, the fewest possible, and changes nobody', async () => {
  const before = await charges();
  const { out, status } = await visavis('caseloads', 'repair', '--without', 'ana@regie.example.org', '--json');
  const proposal = JSON.parse(out) as Proposal;
  expect(status).toBe(0);
  expect(proposal.after.customersMoved).toBe(8);
  expect(proposal).toMatchObject({ aboveFloor: 0, balanced: true, after: { floor: 8 } });
  expect(proposal.moves.every(({ fromAdvisorId }) => fromAdvisorId === world.ana)).toBe(true);
  expect(proposal.after.loads.map(({ customers }) => customers)).toEqual([12, 12]);
  expect(await charges()).toEqual(before);
});

it('gives a newcomer a caseload by moving no more than the floor', async () => {
  const { out } = await visavis('caseloads', 'repair', '--with', 'lea@regie.example.org', '--json');
  const { after, aboveFloor, balanced } = JSON.parse(out) as Proposal;
  const lea = after.loads.find(({ advisorId }) => advisorId === world.lea);
  expect(balanced).toBe(true);
  expect(lea?.customers).toBe(6);
  expect(aboveFloor).toBeLessThanOrEqual(1);
});

it('designs in words, and says that nothing was changed', async () => {
  const { out } = await visavis('caseloads', 'design');
  expect(out).toContain('Nobody changes contact.');
  expect(out).toContain('Nothing was changed.');
});

it('refuses an advisor it does not know, with how to find one', async () => {
  const { err, status } = await visavis('caseloads', 'repair', '--without', 'nobody@example.org');
  expect(status).toBe(1);
  expect(err).toContain('visavis advisor list');
});

it('designs for exactly those who take part, also somebody who has no customer yet', async () => {
  const { out } = await visavis('caseloads', 'design', '--everyone', '--without', 'ana@regie.example.org', '--json');
  const { after, balanced } = JSON.parse(out) as Proposal;
  expect(balanced).toBe(true);
  expect(new Map(after.loads.map(({ advisorId, customers }) => [advisorId, customers]))).toEqual(
    new Map([
      [world.bruno, 8],
      [world.chloe, 8],
      [world.lea, 8],
    ]),
  );
});

it('a long absence: colleagues take over, except whoever is pinned; nobody else moves', async () => {
  const pinned = await db.database.kysely
    .selectFrom('customer')
    .where('advisorId', '=', world.ana)
    .select(['id', 'reference'])
    .executeTakeFirstOrThrow();
  await visavis('caseloads', 'pin', pinned.reference, '--why', 'Trente ans');
  const away = ['caseloads', 'repair', '--away', 'ana@regie.example.org', '--json'];
  const { moves, after } = JSON.parse((await visavis(...away)).out) as Proposal;
  expect(moves.every(({ fromAdvisorId }) => fromAdvisorId === world.ana)).toBe(true);
  expect(after.customersMoved).toBe(7);
  const leaves = ['caseloads', 'repair', '--without', 'ana@regie.example.org', '--json'];
  expect((JSON.parse((await visavis(...leaves)).out) as Proposal).after.customersMoved).toBe(8);
  await visavis('caseloads', 'unpin', pinned.reference);
});

it('changed work: at half a post half the load stays, and a share is asked for', async () => {
  const works = (typed: string) => visavis('caseloads', 'repair', '--works', typed, '--json');
  const { moves, after, balanced } = JSON.parse((await works('ana@regie.example.org=0,5')).out) as Proposal;
  expect(balanced).toBe(true);
  expect(moves.every(({ fromAdvisorId }) => fromAdvisorId === world.ana)).toBe(true);
  const load = after.loads.find(({ advisorId }) => advisorId === world.ana);
  expect(load?.customers).toBe(5);
  expect((await works('ana@regie.example.org')).status).toBe(1);
  const twice = await visavis(
    'caseloads',
    'repair',
    '--works',
    'ana@regie.example.org=50%',
    '--away',
    'ana@regie.example.org',
  );
  expect(twice.err).toContain('named twice');
});

it('says how long customers have had their advisor, and who has two backups that will be there', async () => {
  const { out } = await visavis('caseloads', 'repair', '--without', 'ana@regie.example.org', '--json');
  const { before, after } = JSON.parse(out) as Proposal;
  expect(before.twoBackups).toBe(1);
  // Ana backs up Chloé, who has one backup left.
  expect(after.twoBackups).toBe(0.5);
  expect(before.tenureYears).toBeGreaterThanOrEqual(after.tenureYears ?? 1);
});

it('applies what it showed only with a reason and a handover, lists it, and takes it back', async () => {
  const repair = ['caseloads', 'repair', '--without', 'ana@regie.example.org', '--apply', '--yes'];
  const refused = await visavis(...repair);
  expect(refused).toMatchObject({ status: 1, err: expect.stringContaining('--why') });
  const { out, status } = await visavis(...repair, '--why', 'Ana part', '--handover', 'Voir le dossier.');
  expect(status).toBe(0);
  expect(out).toContain('Applied: 8 customers, introduced in 1 daily steps');
  const id = /undo (\S+)/.exec(out)?.[1] ?? '';
  expect((await visavis('caseloads', 'list')).out).toContain('applying');
  expect((await visavis('caseloads', 'show', id)).out).toContain('Customers who change contact: 8');
  expect((await visavis('caseloads', 'cancel', id)).status).toBe(1);
  expect((await visavis('caseloads', 'undo', id, '--why', 'Ana reste')).status).toBe(0);
  expect((await visavis('caseloads', 'list')).out).toContain('undoing');
  expect((await visavis('caseloads', 'show', 'nothing')).err).toContain('visavis caseloads list');
});

it('keeps a pinned customer where they are', async () => {
  const { reference } = await db.database.kysely
    .selectFrom('customer')
    .where('advisorId', '=', world.bruno)
    .select('reference')
    .executeTakeFirstOrThrow();
  expect((await visavis('caseloads', 'pin', reference, '--why', 'Trente ans')).status).toBe(0);
  expect((await visavis('caseloads', 'unpin', reference)).out).toContain('may move again');
  expect((await visavis('caseloads', 'unpin', reference)).out).toContain('was not pinned');
  expect((await visavis('caseloads', 'pin', 'nothing', '--why', 'x')).status).toBe(1);
});

it('names two backups for everyone who are not away at the same time', async () => {
  const week = (from: string) => ({ startsAt: new Date(from), endsAt: new Date(Date.parse(from) + 7 * 86_400_000) });
  const rows = [world.ana, world.bruno].map((advisorId) => ({
    id: newId(),
    advisorId,
    enteredAt: db.clock.now,
    ...week('2026-12-21T08:00:00Z'),
  }));
  await db.database.kysely.insertInto('absence').values(rows).execute();
  const { out } = await visavis('caseloads', 'backups', '--apply', '--json');
  const { proposals } = JSON.parse(out) as { proposals: BackupProposal[] };
  expect(proposals).toHaveLength(4);
  for (const { after, awayTogether } of proposals) {
    expect(new Set(after).size).toBe(2);
    expect(awayTogether.after).toBe(0);
  }
  const now = await db.database.kysely
    .selectFrom('backup')
    .where('advisorId', '=', world.ana)
    .select('backupAdvisorId')
    .execute();
  expect(now.map((each) => each.backupAdvisorId)).not.toContain(world.bruno);
});

it('all of it is said in French to whoever reads French, and JSON stays as it is', async () => {
  const spoken = async (...args: string[]) => {
    const { out, err } = await inFrench(() => visavis('caseloads', ...args));
    expect(englishWordsIn(out + err), out + err).toEqual([]);
    return (out + err).replaceAll(/[\u00a0\u202f]/g, ' ');
  };
  // The plan taken back above.
  await carryOutMoves(db.transact);
  const repair = ['repair', '--without', 'ana@regie.example.org'];
  const looked = await spoken(...repair);
  expect(looked).toMatch(/^interlocuteur +clients +charge +clients après +charge après\n/);
  expect(looked).toMatch(/Distance moyenne : \d+,\d km avant, \d+,\d km après/);
  expect(looked).toMatch(/Rien n’a été changé\. Le travail est estimé/);
  const carriedOut = ['--apply', '--yes', '--why', 'Ana part', '--handover', 'Voir le dossier.'];
  expect(await spoken(...repair, ...carriedOut)).toMatch(/Appliqué\. Clients : 8, prévenus en étapes d’un jour : 1/);
  const listed = await spoken('list');
  expect(listed).toMatch(/^plan +demandé +quoi +état +clients +pourquoi\n/);
  expect(listed).toMatch(/réparation, sans Ana Perrin +en cours d’application +8, dont prévenus/);
  const id = /^[0-9a-f-]{36}/m.exec(listed)?.[0] ?? '';
  expect(await spoken('show', id)).toMatch(/^réparation, sans Ana Perrin : en cours d’application\. Clients : 8/);
  expect(await spoken('cancel', id)).toContain('Il n’y a rien à abandonner');
  expect(await spoken('undo', id, '--why', 'Ana reste')).toContain('Le plan est repris.');
  const [{ reference } = { reference: '' }] = await db.database.kysely
    .selectFrom('customer')
    .select('reference')
    .execute();
  expect(await spoken('pin', reference, '--why', 'Trente ans')).toContain('garde son interlocuteur');
  expect(await spoken('unpin', reference)).toContain('peut de nouveau changer d’interlocuteur');
  expect(await spoken('unpin', reference)).toContain('n’était pas épinglé');
  expect(await spoken('backups')).toMatch(/^interlocuteur +binômes +jours absents ensemble\n/);
  const json = await visavis('caseloads', 'list', '--json');
  expect(await inFrench(() => visavis('caseloads', 'list', '--json'))).toEqual(json);
});
