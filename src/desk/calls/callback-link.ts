import { signLink } from '../signed-link.ts';
import type { Tx } from '../tx.ts';

/** The page where a customer changes a callback: another number, another time, none. */
export function callbackLink(tx: Pick<Tx, 'origin' | 'signingKey'>, locale: 'fr' | 'en', callbackId: string): string {
  return `${tx.origin}/${locale}/callback/${signLink(tx.signingKey, 'callback', callbackId)}`;
}
