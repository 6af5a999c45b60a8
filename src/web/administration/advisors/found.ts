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
export async function findAdvisorOf(c: WebContext): Promise<FoundAdvisor | undefined> {
  const id = idOf(c);
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
