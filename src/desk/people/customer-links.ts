import { ofName } from '../../core/text/french-names.ts';
import { spacedPhone } from '../../core/text/phone.ts';
import { type Locale, typeset } from '../../core/text/typeset.ts';
import { writeMail } from '../outbox/write-mail.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import { makeOneTimeLink } from './one-time-links.ts';

export const customerLinkHours = 24;
/** An address shared by more customers than this is looked after by a person. */
const MOST_CUSTOMERS_OF_AN_ADDRESS = 5;

export interface LinkWish {
  customerId: string;
  /** Which mail address of the customer; any that works when left out. */
  contactPointId?: string;
}

/** Mails a one-time link that opens this customer's pages, to an address on file. False when there is none that works. */
export async function openCustomerLink(tx: Tx, { customerId, contactPointId }: LinkWish): Promise<boolean> {
  const to = await tx.db
    .selectFrom('contactPoint')
    .innerJoin('customer', 'customer.id', 'contactPoint.customerId')
    .where('customer.id', '=', customerId)
    .where('customer.erasedAt', 'is', null)
    .where('contactPoint.kind', '=', 'mail')
    .where('contactPoint.failingSince', 'is', null)
    .$if(contactPointId !== undefined, (query) => query.where('contactPoint.id', '=', contactPointId ?? ''))
    .select(['contactPoint.id', 'contactPoint.value', 'customer.name', 'customer.locale'])
    .orderBy('contactPoint.id')
    .executeTakeFirst();
  if (!to) return false;
  const link = await customerLink(tx, { customerId, contactPointId: to.id }, to.locale);
  const { operator } = await readRoster(tx.db, tx.now);
  await writeMail(tx, {
    kind: 'link',
    to: to.value,
    customerId,
    automatic: true,
    ...words(to.locale, { customer: to.name, link, operator: operator.name, phone: spacedPhone(operator.phone) }),
  });
  return true;
}

/** The link itself, for who is told it by other means than a mail. */
export async function customerLink(tx: Tx, { customerId, contactPointId }: LinkWish, locale: Locale): Promise<string> {
  const token = await makeOneTimeLink(tx, {
    purpose: 'customer_session',
    customerId,
    payload: { contactPointId: contactPointId ?? null },
    validForHours: customerLinkHours,
  });
  return `${tx.origin}/${locale}/my/enter/${token}`;
}

/** Mails a link for every customer who can be reached at this address; says nothing about whether there are any. */
export async function sendCustomerLinks(tx: Tx, mail: string): Promise<void> {
  const points = await tx.db
    .selectFrom('contactPoint')
    .where('kind', '=', 'mail')
    .where('value', '=', mail.trim().toLowerCase())
    .select(['id', 'customerId'])
    .orderBy('customerId')
    .limit(MOST_CUSTOMERS_OF_AN_ADDRESS)
    .execute();
  for (const { id, customerId } of points) await openCustomerLink(tx, { customerId, contactPointId: id });
}

function words(locale: Locale, facts: { customer: string; link: string; operator: string; phone: string }) {
  const { customer, link, operator, phone } = facts;
  if (locale === 'en')
    return {
      subject: 'The link to your page',
      text: `Hello,\n\nHere is the link to the page of ${customer}:\n\n${link}\n\nIt works once, within ${customerLinkHours} hours. You did not ask? Do nothing.\n\n${operator}\n${phone}\n`,
    };
  return {
    subject: 'Le lien vers votre page',
    text: `Bonjour,\n\n${typeset(`Voici le lien vers la page ${ofName(customer)} :`, 'fr')}\n\n${link}\n\n${typeset(`Il sert une fois, dans les ${customerLinkHours}\u00a0heures. Vous n'avez rien demandé ? Ne faites rien.`, 'fr')}\n\n${operator}\n${phone}\n`,
  };
}
