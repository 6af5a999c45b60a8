import type { AdvisorCard } from '../../desk/views/advisor-card.ts';
import { readAdvisorCard } from '../../desk/views/advisor-card.ts';
import { type Me, readMe } from '../../desk/views/my-page.ts';
import type { WebContext } from '../route.ts';
import { facingOf } from '../ui/facing.ts';
import type { Facing } from '../ui/layout.tsx';
import { type Scene, setScene } from '../ui/page.tsx';

/** What every page of a customer starts from: who they are and the person in front of them. */
export interface Self {
  scene: Scene;
  me: Me;
  card: AdvisorCard;
  facing: Facing;
}

/** The customer of this session. Throws when the route let somebody else in. */
export async function readSelf(c: WebContext): Promise<Self> {
  const { actor, house } = c.var;
  if (actor.kind !== 'customer') throw new Error('a page of customers was opened by somebody else');
  const scene = await setScene(c);
  const me = await readMe(house.db, actor.customerId);
  const card = me && (await readAdvisorCard(house.db, scene.now, me.advisorId));
  if (!me || !card) throw new Error('a customer without an advisor');
  return { scene, me, card, facing: facingOf(card, scene) };
}
