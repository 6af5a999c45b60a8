import type { TelephonySettings } from './settings.ts';

/** What comes in: who may ask what, and the question to Visavis. */
export function requests({ trunks, country, registrar, answerWithinMs = 300 }: TelephonySettings): string {
  const fromTrunk = trunks.map((trunk) => `src_ip==${trunk}`).join(' || ');
  return `request_route {
  # Addresses that are no trunk and ask too often get no answer at all.
  if (!(${fromTrunk}) && !pike_check_req()) exit;
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483","Too Many Hops"); exit; }
  # Malformed requests end here.
  if (!sanity_check("1511","7")) exit;
  if (is_method("CANCEL")) {
    if (t_check_trans()) t_relay();
    exit;
  }
  if (has_totag()) { route(WITHIN); exit; }
${registrar ? `  if (is_method("REGISTER")) { route(REGISTER); exit; }\n` : ''}  # Calls come from the trunks and from nowhere else.
  if (!(${fromTrunk})) { sl_send_reply("403","Forbidden"); exit; }
  if (is_method("OPTIONS")) { sl_send_reply("200","OK"); exit; }
  if (!is_method("INVITE")) { sl_send_reply("405","Method Not Allowed"); exit; }
  # The same INVITE again: Kamailio repeats its answer.
  if (t_lookup_request()) exit;
  if (!rl_check()) { append_to_reply("Retry-After: 5\\r\\n"); sl_send_reply("503","Too Many Calls"); exit; }
  route(CALL);
}
# A call that is under way.
route[WITHIN] {
  if (is_method("BYE")) {
    # Also after a restart in mid-call, when Kamailio no longer knows the call.
    evapi_relay("{\\"event\\":\\"ended\\",\\"t\\":\\"$TV(Sn)\\",\\"id\\":\\"$(ci{s.md5})\\"}");
  }
  if (loose_route()) { t_relay(); exit; }
  if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
  sl_send_reply("404","Not here");
}
route[CALL] {
  if (!t_newtran()) exit;
  t_reply("100","Trying");
  # Who calls: the trunk's word before the phone's; nobody who asked not to be named. Digits only: nothing else goes on.
  $avp(from) = $(fU{s.select,0,;});
  if ($ai != $null) $avp(from) = $(ai{uri.user}{s.select,0,;});
  if ($hdr(Privacy) =~ "(id|user)") $avp(from) = "";
  if (!($avp(from) =~ "^[+]?[0-9().-]+$")) $avp(from) = "";
  $avp(e164) = $(avp(from){re.subst,/[().-]//g});
  if ($avp(e164) =~ "^00") $avp(e164) = "+" + $(avp(e164){s.substr,2,0});
  else if ($avp(e164) =~ "^0") $avp(e164) = "+${country}" + $(avp(e164){s.substr,1,0});
  # One name a call, also when a Call-ID is used again.
  $avp(id) = $(ci{s.md5}) + "-" + $cs + "-" + $(ft{s.md5}{s.substr,0,8});
  $avp(invited) = $TV(Sn);
  $avp(n) = -1;
  $avp(step) = "";
  $avp(played) = "";
  # What only we may say to a phone or to the announcer.
  remove_hf("Call-Info"); remove_hf("Alert-Info"); remove_hf_re("^X-(Prompt|Play-Ms|Played-Ms)$");
  record_route();
  dlg_manage();
  $dlg_var(id) = $avp(id); $dlg_var(from) = $avp(from); $dlg_var(invited) = $avp(invited);
  $dlg_var(n) = $avp(n); $dlg_var(step) = ""; $dlg_var(answered) = ""; $dlg_var(gone) = ""; $dlg_var(played) = "";
  t_on_failure("THINKING");
  # Visavis has this long (ms).
  t_set_fr("30000","${answerWithinMs}");
  if (!evapi_async_relay("{\\"event\\":\\"invited\\",\\"t\\":\\"$TV(Sn)\\",\\"tindex\\":\\"$T(id_index)\\",\\"tlabel\\":\\"$T(id_label)\\",\\"id\\":\\"$avp(id)\\",\\"from\\":\\"$avp(from)\\",\\"invited\\":\\"$avp(invited)\\"}")) {
    route(HELD);
  }
  exit;
}
${registrar ? registerRoute(registrar.realm) : ''}`;
}

/** A phone registers under its own number and no other. */
function registerRoute(realm: string): string {
  return `route[REGISTER] {
  if (!pv_www_authenticate("${realm}", "$sht(phones=>$tU)", "0")) {
    www_challenge("${realm}", "1");
    exit;
  }
  if ($au != $tU) { sl_send_reply("403","Forbidden"); exit; }
  consume_credentials();
  if (!save("location")) sl_reply_error();
}`;
}
