import { isFrom, type TelephonySettings } from './settings.ts';

/** The port of `host:port` at the end of an address. */
export const portOf = (address: string): string => /:(\d+)$/.exec(address)?.[1] ?? '5060';

/** A door for switches that can only follow a redirect: they ask with an INVITE and are told whom to ring. */
export function redirectDoor({ redirect }: TelephonySettings): string {
  if (!redirect) return '';
  return `route[REDIRECT_DOOR] {
  if (!(${isFrom(redirect.from)})) { sl_send_reply("403","Forbidden"); exit; }
  if (is_method("OPTIONS")) { sl_send_reply("200","OK"); exit; }
  if (!is_method("INVITE")) { sl_send_reply("405","Method Not Allowed"); exit; }
  if (t_lookup_request()) exit;
  route(LIMIT);
  $avp(door) = "redirect";
  route(CALL);
}
# The switch rings them itself, one after the other. What becomes of the call it does not tell us.
route[REDIRECT] {
  if ($var(contacts) == "") $var(contacts) = "<${redirect.fallback}>;q=1.0";
  append_to_reply("Contact: $var(contacts)\\r\\n");
  t_reply("302","Moved Temporarily");
}
`;
}
