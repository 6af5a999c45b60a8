import type { Kysely } from 'kysely';
import { extensionsOf } from '../../../desk/advisors/extension.ts';
import type { DB } from '../../../desk/tables.ts';
import type { CallRoute } from '../../../desk/views/call-route.ts';

/** Whom another phone system is to ring, with what it needs to say so. */
export interface AskedRing {
  route: CallRoute;
  phones: Phone[];
  origin: string;
}

interface Phone {
  name: string;
  /** What that system calls the phone; the direct number where nothing else was noted. */
  extension: string;
  phone: string;
  seconds: number;
}

/** The phones of a decision, in its order. */
export async function phonesToRing(db: Kysely<DB>, { decision, roster }: CallRoute): Promise<Phone[]> {
  const extensions = await extensionsOf(db);
  return decision.attempts.map(({ advisorId, seconds }) => {
    const { name = '', phone = '' } = roster.advisors.get(advisorId) ?? {};
    return { name, phone, extension: extensions.get(advisorId) ?? phone, seconds };
  });
}

export function jsonRing({ route, phones, origin }: AskedRing): object {
  const { customer } = route;
  return {
    ring: phones,
    caller: customer && {
      name: customer.name,
      reference: customer.reference,
      url: `${origin}/workspace/customers/${customer.id}`,
    },
  };
}

/** "203:20,201:20": extension and seconds, for dialplans that cut strings. */
export function textRing({ phones }: AskedRing): string {
  return phones.map(({ extension, seconds }) => `${extension}:${seconds}`).join(',');
}

/** FreeSWITCH fills it in itself. */
const DOMAIN = ['$', '{domain_name}'].join('');

/** The call's own name there. */
const UUID = ['$', '{uuid}'].join('');

/**
 * The dialplan of this call, as mod_xml_curl of FreeSWITCH reads it. Nobody to ring: the answer that means "not here". The
 * caller's leg and those it rings carry `visavis_call`: by it the script that reports events knows them.
 */
export function inXml({ phones, route }: AskedRing, context: string): string {
  if (phones.length === 0)
    return '<document type="freeswitch/xml"><section name="result"><result status="not found"/></section></document>';
  const legs = phones.map(
    ({ extension, seconds }) => `[leg_timeout=${seconds},visavis_extension=${extension}]user/${extension}@${DOMAIN}`,
  );
  const name = route.customer
    ? `<action application="set" data="${xml(`effective_caller_id_name=${plain(route.customer.name)}`)}"/>`
    : '';
  return `<document type="freeswitch/xml"><section name="dialplan"><context name="${xml(context)}"><extension name="visavis"><condition>${name}<action application="export" data="visavis_call=${UUID}"/><action application="set" data="hangup_after_bridge=true"/><action application="set" data="continue_on_fail=true"/><action application="bridge" data="${xml(legs.join('|'))}"/></condition></extension></context></section></document>`;
}

/** A name with these would mean something to FreeSWITCH. */
const plain = (name: string): string => name.replace(/[${}[\]|\r\n]/g, ' ');

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
