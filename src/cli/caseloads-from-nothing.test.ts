import { beforeAll, expect, it } from 'vitest';
import { cliOf, inFrench } from '../../test/cli.ts';
import { testDatabase } from '../../test/database.ts';
import { englishWordsIn } from '../../test/english.ts';
import { buildWorld, type World } from '../../test/world.ts';
import { carryOutMoves } from '../desk/caseloads/carry-out.ts';
import type { Proposal } from '../desk/caseloads/propose.ts';

const db = testDatabase();
const visavis = cliOf(db);
let world: World;

beforeAll(async () => {
  world = await buildWorld(db);
});

const areas = () => db.database.kysely.selectFrom('area').select(['advisorId', 'communeInsee', 'officeId']).execute();

const everywhere = ['caseloads', 'design', '--everyone', '--departement', '90'];

it('before there is a customer, a whole département is divided by inhabitants and shares', async () => {
  const { out, status } = await visavis(...everywhere, '--with', 'lea@regie.example.org=50%', '--json');
  const proposal = JSON.parse(out) as Proposal;
  expect(status).toBe(0);
  expect(proposal).toMatchObject({ balanced: true, weighedBy: 'inhabitants' });
  const loads = new Map(proposal.after.loads.map(({ advisorId, customers }) => [advisorId, customers]));
  expect([...loads.keys()].sort()).toEqual([world.ana, world.bruno, world.chloe, world.lea].sort());
  const half = (loads.get(world.lea) ?? 0) / (loads.get(world.bruno) ?? 1);
  expect(half).toBeGreaterThan(0.45);
  expect(half).toBeLessThan(0.56);
  expect(await areas()).toHaveLength(1);
  const words = (await visavis(...everywhere)).out;
  expect(words).toContain('inhabitants');
  expect(words).toContain('Nobody is a customer yet');
  expect(words).toContain('Nothing was changed.');
  const french = (await inFrench(() => visavis(...everywhere))).out;
  expect(french).toMatch(/Personne n’est encore client\u00a0: les habitants comptent\.[\s\S]*Rien n’a été changé\./);
  expect(englishWordsIn(french)).toEqual([]);
}, 120_000);

it('applied, every commune is served by somebody from their office; taken back, none is that was not before', async () => {
  const why = ['--why', 'Ouverture', '--handover', 'Rien encore.'];
  const unasked = await visavis(...everywhere, '--apply', ...why);
  expect(unasked).toMatchObject({ status: 1, err: expect.stringContaining('nobody could be asked') });
  expect(unasked.out).toContain('load after');
  await carryOutMoves(db.transact);
  expect(await areas()).toHaveLength(1);
  const { out, status } = await visavis(
    ...everywhere,
    '--with',
    'lea@regie.example.org=50%',
    '--apply',
    ...why,
    '--yes',
  );
  expect(status).toBe(0);
  await carryOutMoves(db.transact);
  const served = await areas();
  const communes = await db.database.kysely
    .selectFrom('commune')
    .where('departementCode', '=', '90')
    .select('insee')
    .execute();
  expect(served).toHaveLength(communes.length + 1);
  expect(new Set(served.map(({ officeId }) => officeId))).toEqual(new Set([world.officeId]));
  expect(new Set(served.map(({ advisorId }) => advisorId)).size).toBeGreaterThanOrEqual(3);
  expect(await shareOf(world.lea)).toBe(0.5);
  expect((await visavis('caseloads', 'list')).out).toContain('in 90');
  const id = /undo (\S+)/.exec(out)?.[1] ?? '';
  expect((await visavis('caseloads', 'undo', id, '--why', 'Trop tôt')).status).toBe(0);
  await carryOutMoves(db.transact);
  expect((await areas()).map(({ communeInsee }) => communeInsee)).toEqual(['39478']);
  expect(await shareOf(world.lea)).toBe(1);
}, 120_000);

it('says what it cannot read, and changes nothing', async () => {
  expect(
    (await visavis('caseloads', 'design', '--departement', '99', '--apply', '--why', 'x', '--handover', 'y')).err,
  ).toContain('no such code');
  expect((await visavis('caseloads', 'design', '--with', 'lea@regie.example.org=150%')).err).toContain('full post');
  expect((await visavis('caseloads', 'design', '--with', 'nobody@example.org')).err).toContain('visavis advisor list');
  const everybody = ['ana', 'bruno', 'chloe', 'lea'].flatMap((name) => ['--without', `${name}@regie.example.org`]);
  expect((await visavis('caseloads', 'design', '--everyone', ...everybody)).status).toBe(1);
});

async function shareOf(advisorId: string): Promise<number> {
  const advisor = await db.database.kysely
    .selectFrom('advisor')
    .where('id', '=', advisorId)
    .select('share')
    .executeTakeFirstOrThrow();
  return Number(advisor.share);
}
