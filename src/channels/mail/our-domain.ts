import type { Kysely } from 'kysely';
import type { DB } from '../../desk/tables.ts';

/** The organisation's mail domain in lower case, or undefined while nobody has set the installation up. */
export async function readMailDomain(db: Kysely<DB>): Promise<string | undefined> {
  const operator = await db.selectFrom('operator').select('mailDomain').executeTakeFirst();
  return operator?.mailDomain.toLowerCase();
}

/** Whether an address is the organisation's own: any name at its domain or at a subdomain of it. */
export function isOurs(address: string, domain: string): boolean {
  const host = address
    .slice(address.lastIndexOf('@') + 1)
    .toLowerCase()
    .replace(/\.$/, '');
  return address.includes('@') && (host === domain || host.endsWith(`.${domain}`));
}

/** The one address that may come without a domain, in any case of letters (RFC 5321, 4.5.1), as it is meant; others as they are. */
export function withPostmasterDomain(address: string, domain: string): string {
  return /^postmaster$/i.test(address) ? `postmaster@${domain}` : address;
}
