import { type CustomerFile, readCustomerFile } from '../../../desk/views/customer-file.ts';
import type { WebContext } from '../../route.ts';
import { type Scene, setScene } from '../../ui/page.tsx';
import { idOf } from '../form-page.tsx';

export interface FoundCustomer {
  scene: Scene;
  customer: CustomerFile;
  /** Address of the customer's page, without the language. */
  path: string;
  back: { href: string; label: string };
}

/** The customer of the address, or undefined. */
export async function findCustomer(c: WebContext): Promise<FoundCustomer | undefined> {
  const id = idOf(c);
  const customer = id && (await readCustomerFile(c.var.house.db, id));
  if (!customer) return undefined;
  const scene = await setScene(c);
  const path = `/staff/customers/${customer.id}`;
  return { scene, customer, path, back: { href: `/${scene.locale}${path}`, label: customer.name } };
}
