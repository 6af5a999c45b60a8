import { ownAddress } from './outgoing.ts';
import type { TelephonySettings } from './settings.ts';

/**
 * Attended transfers between phones that register here. A phone with a caller on hold calls a colleague, then refers the
 * caller to that call (REFER with Replaces, RFC 5589): Kamailio remembers which of our calls it is, so that what the
 * caller's side dials next is the same call in other hands.
 */
export function transfer(settings: TelephonySettings): string {
  return `# The caller is sent on to the call with the colleague. Their side reaches us, never a phone.
route[PASS_ON] {
  $var(raw) = $(hdr(Refer-To){re.subst,/^.*[?&]Replaces=([^&>]+).*$/\\1/});
  $var(call) = $(var(raw){s.unescape.param}{s.select,0,;});
  if ($sht(consulted=>$var(call)) == $null || $dlg_var(id) == $null) return;
  $sht(passed=>$var(call)) = $dlg_var(id);
  $var(who) = $sht(consulted=>$var(call));
  remove_hf("Refer-To");
  append_hf("Refer-To: <sip:$var(who)@${ownAddress(settings)}?Replaces=$var(raw)>\\r\\n");
}
# The caller's side takes the place of the first advisor at the colleague's phone.
route[IN_OTHER_HANDS] {
  $avp(replaced) = $(hdr(Replaces){s.select,0,;});
  if (!t_newtran()) exit;
  t_reply("100","Trying");
  remove_hf("Call-Info"); remove_hf("Alert-Info"); remove_hf("Referred-By");
  route(RECORD);
  dlg_manage();
  $dlg_var(id) = $sht(passed=>$avp(replaced)); $dlg_var(moved) = $sht(consulted=>$avp(replaced));
  $dlg_var(from) = ""; $dlg_var(to) = ""; $dlg_var(invited) = ""; $dlg_var(n) = ""; $dlg_var(step) = "";
  $dlg_var(answered) = ""; $dlg_var(gone) = ""; $dlg_var(played) = ""; $dlg_var(code) = "";
  $ru = "sip:" + $sht(consulted=>$avp(replaced)) + "@registrar";
  if (!lookup("location")) { t_reply("480","Not Registered"); exit; }
  t_set_fr("30000", "1500");
  if (!t_relay()) t_reply("500","Relay failed");
  exit;
}
`;
}
