import { afterEach, beforeAll, expect, it } from 'vitest';
import { testHouse } from '../../test/app.ts';
import { testDatabase } from '../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../test/world.ts';
import type { Proposal } from '../desk/caseloads/propose.ts';
import { createProgram } from './program.ts';

const db = testDatabase();
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

async function visavis(...args: string[]) {
  process.exitCode = 0;
  const seen = { out: '', err: '' };
  const program = createProgram((work) => work(testHouse(db, {})));
  const hush = (command: typeof program): void => {
    command.configureOutput({ writeOut: (text) => (seen.out += text), writeErr: (text) => (seen.err += text) });
    for (const each of command.commands) hush(each);
  };
  hush(program);
  await program.parseAsync(args, { from: 'user' });
  return { ...seen, status: Number(process.exitCode) };
}

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
  expect(out).toContain('customers change advisor');
  expect(out).toContain('Nothing was changed.');
});

it('refuses an advisor it does not know, with how to find one', async () => {
  const { err, status } = await visavis('caseloads', 'repair', '--without', 'nobody@example.org');
  expect(status).toBe(1);
  expect(err).toContain('visavis advisor list');
});
