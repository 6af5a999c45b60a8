import { type AdvisorFile, readAdvisorFile } from '../../../desk/views/advisor-file.ts';
import type { WebContext } from '../../route.ts';
import { type Scene, setScene } from '../../ui/page.tsx';
import { idOf } from '../form-page.tsx';

export interface FoundAdvisor {
  scene: Scene;
  advisor: AdvisorFile;
  name: string;
  /** Address of the advisor's page, without the language. */
  path: string;
  back: { href: string; label: string };
}

/** The advisor of the address, also one who has left; or undefined. */
export function findAdvisorOf(c: WebContext): Promise<FoundAdvisor | undefined> {
  return find(c, idOf(c));
}

async function find(c: WebContext, id: string | undefined): Promise<FoundAdvisor | undefined> {
  const advisor = id && (await readAdvisorFile(c.var.house.db, id));
  if (!advisor) return undefined;
  const scene = await setScene(c);
  const path = `/staff/advisors/${advisor.id}`;
  const name = `${advisor.givenName} ${advisor.familyName}`;
  return { scene, advisor, name, path, back: { href: `/${scene.locale}${path}`, label: name } };
}

/** The advisor of the address who has not left; or undefined. */
export async function findPresentAdvisor(c: WebContext): Promise<FoundAdvisor | undefined> {
  const found = await findAdvisorOf(c);
  return found?.advisor.leftAt ? undefined : found;
}

/** Whoever is signed in, as an advisor; undefined for those of the staff who are none. */
export async function findOwnAdvisor(c: WebContext): Promise<FoundAdvisor | undefined> {
  const { actor } = c.var;
  const found = await find(c, actor.kind === 'staff' ? (actor.advisorId ?? undefined) : undefined);
  if (!found || found.advisor.leftAt) return undefined;
  const { scene } = found;
  const path = '/staff/own-card';
  return { ...found, path, back: { href: `/${scene.locale}${path}`, label: scene.say('ownCardTitle') } };
}
