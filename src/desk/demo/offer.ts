import { sql } from 'kysely';
import type { House } from '../house.ts';
import { type DemoLink, demoSignInLinks } from '../people/demo-sign-in-links.ts';
import { type DemoSize, isEmpty, plantDemo } from './plant.ts';

const SEED = 2539;
/** Any number that nothing else locks with. */
const PLANTING_LOCK = 2539;

/**
 * Plants the demo when it was asked for, or when nobody has configured anything and only this machine can see it; then
 * answers what to say about it. Undefined when this installation is not a demo.
 */
export async function offerDemo(
  house: House,
  size: Omit<DemoSize, 'now'> = { seed: SEED },
): Promise<string | undefined> {
  if (isWanted(house.config)) await plantOnce(house, size);
  const operator = await house.db.selectFrom('operator').where('demo', '=', true).select('name').executeTakeFirst();
  if (!operator) return undefined;
  return announcement(operator.name, await demoSignInLinks(house), house.config.smtpUrl !== undefined);
}

/** `VISAVIS_DEMO` decides; without it, only an installation without any settings on a loopback address is a demo. */
function isWanted({ demo, databaseUrl, host, smtpUrl, imapUrl, oidc }: House['config']): boolean {
  if (demo !== undefined) return demo;
  const loopback = host === 'localhost' || host === '::1' || host.startsWith('127.');
  return loopback && !databaseUrl && !smtpUrl && !imapUrl && !oidc;
}

async function plantOnce(house: House, size: Omit<DemoSize, 'now'>): Promise<void> {
  if (!(await isEmpty(house.db))) return;
  await house.transact(async (tx) => {
    await sql`select pg_advisory_xact_lock(${PLANTING_LOCK})`.execute(tx.db);
    if (await isEmpty(tx.db)) await plantDemo(tx, { ...size, now: tx.now });
  });
}

const roles: Record<DemoLink['who'], string> = {
  advisor: 'advisor',
  lead: 'team lead',
  moderator: 'moderator',
  administrator: 'administrator',
  household: 'customer',
  town_hall: 'town hall',
};

function announcement(operator: string, links: readonly DemoLink[], sends: boolean): string {
  const mail = sends ? 'its mail goes to example addresses' : 'no mail leaves';
  const lines = links.map(({ who, name, link }) => `  ${`${roles[who]}, ${name}`.padEnd(44)} ${link}`);
  return `
This is a demo: "${operator}", an invented operator in Doubs and Jura. Nobody in it exists, and ${mail}.
Sign in with one of these links; each works once, for 24 hours:
${lines.join('\n')}
Remove the demo, with everything written to it:  npm run -s visavis -- demo remove
`;
}
