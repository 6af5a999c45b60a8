import { ANSWER_WITHIN_MS, ask } from './ask.ts';
import { portOf } from './redirect.ts';
import { isFrom, type TelephonySettings } from './settings.ts';

/** What comes in: who may ask what, and the question to Visavis. */
export function requests(settings: TelephonySettings): string {
  const { trunks, country, registrar, outgoing, redirect, answerWithinMs = ANSWER_WITHIN_MS } = settings;
  const fromTrunk = isFrom(trunks);
  const passesCalls = registrar !== undefined && outgoing !== undefined;
  const known = isFrom([...trunks, ...(outgoing?.phones ?? []), ...(redirect?.from ?? [])]);
  return `request_route {
  # Addresses that nobody named and that ask too often get no answer at all.
  if (!(${known}) && !(${FROM_SELF}) && !pike_check_req()) exit;
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483","Too Many Hops"); exit; }
  # Malformed requests end here.
  if (!sanity_check("1511","7")) exit;
  if (is_method("CANCEL")) {
    if (t_check_trans()) {
      # While Visavis thinks no failure route tells of it.
      route(CALL_NAME);
      $sht(gone=>$avp(id)) = 1;
      t_relay();
    } else sl_send_reply("481","Call/Transaction Does Not Exist");
    exit;
  }
  if (has_totag()) { route(WITHIN); exit; }
${registrar ? `  # One of the phones that register here, its turn having come.\n  if (is_method("INVITE") && ${FROM_SELF} && $(ru{uri.param,phone}) == "1") { route(TO_PHONE); exit; }\n` : ''}${redirect ? `  if ($Rp == ${portOf(redirect.listen)}) { route(REDIRECT_DOOR); exit; }\n` : ''}${outgoing ? callsToOutside(settings, outgoing) : ''}${registrar ? `  if (is_method("REGISTER")) { route(REGISTER); exit; }\n` : ''}  # Calls come from the trunks and from nowhere else.
  if (!(${fromTrunk})) { sl_send_reply("403","Forbidden"); exit; }
  if (is_method("OPTIONS")) { sl_send_reply("200","OK"); exit; }
  if (!is_method("INVITE")) { sl_send_reply("405","Method Not Allowed"); exit; }
  # The same INVITE again: Kamailio repeats its answer.
  if (t_lookup_request()) exit;
  route(LIMIT);
${passesCalls ? `  if ($hdr(Replaces) != $null && $sht(passed=>$(hdr(Replaces){s.select,0,;})) != $null) { route(IN_OTHER_HANDS); exit; }\n` : ''}  route(CALL);
}
# Calls a second, over all who may call. Not by the module ratelimit: once a second it holds a lock, for which every call
# waits, while it reads the list of all connections of this machine (20 ms).
route[LIMIT] {
  if ($shtinc(rate=>$TS) <= ${settings.callsPerSecond}) return;
  append_to_reply("Retry-After: 5\\r\\n");
  sl_send_reply("503","Too Many Calls");
  exit;
}
# What is part of a call: the way back of who was let in. A Route that a caller brings along leads nowhere.
route[RECORD] {
  route(MARK);
  remove_hf("Route");
  record_route();
  add_rr_param(";k=$var(mark)");
}
# Known by this call's two sides only, and the same after a restart.
route[MARK] {
  $var(mark) = $ci + CALL_KEY;
  $var(mark) = $(var(mark){s.md5}{s.substr,0,16});
}
# What a call's two sides keep of it for us, for when Kamailio is restarted in mid-call; sealed, or anybody could tell of any call.
route[KEPT_BY_SIDES] {
  route(SEAL);
  add_rr_param(";i=$avp(id);c=n$avp(from);t=$avp(invited);s=$var(seal)");
}
route[SEAL] {
  $var(seal) = $avp(id) + "/" + $avp(from) + "/" + $avp(invited) + "/" + CALL_KEY;
  $var(seal) = $(var(seal){s.md5}{s.substr,0,16});
}
# A call that is under way.
route[WITHIN] {
  route(MARK);
  # Whoever says so without having been let in is part of no call.
  if (!(${FROM_SELF}) && !is_known_dlg() && !($(route_uri{uri.param,k}) == $var(mark))) {
    if (!is_method("ACK")) sl_send_reply("481","Call Does Not Exist");
    else if (t_check_trans()) t_relay();
    exit;
  }
${outgoing ? WITHIN_DIALLED : ''}  if (is_method("BYE")) {
    # Also after a restart in mid-call, when Kamailio no longer knows the call and no accounting will tell of it.
    $var(ended) = '{"event":"ended","t":"' + $TV(Sn) + '","id":"' + $(ci{s.md5}) + '"}';
    if (!is_known_dlg()) {
      $avp(id) = $(route_uri{uri.param,i});
      $avp(from) = $(route_uri{uri.param,c}{s.substr,1,0});
      $avp(invited) = $(route_uri{uri.param,t});
      route(SEAL);
      # A call from before this start was forgotten; of one from after it the accounting tells, and knows more.
      if ($(route_uri{uri.param,s}) == $var(seal) && $(avp(invited){s.int}) <= $(shv(started){s.int}))
        $var(ended) = '{"event":"ended","lost":"1","t":"' + $TV(Sn) + '","id":"' + $avp(id) + '","from":"' + $avp(from) + '","invited":"' + $avp(invited) + '"}';
      $sht(unheard=>$ci) = $var(ended);
    }
    evapi_relay("$var(ended)");
  }
  if (loose_route()) {
${passesCalls ? `    if (is_method("REFER") && $hdr(Refer-To) =~ "[?&]Replaces=") route(PASS_ON);\n` : ''}    t_relay();
    exit;
  }
  if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
  sl_send_reply("404","Not here");
}
# One name a call, also when a Call-ID is used again.
route[CALL_NAME] {
  $avp(id) = $(ci{s.md5}) + "-" + $cs + "-" + $(ft{s.md5}{s.substr,0,8});
}
route[CALL] {
  if (!t_newtran()) exit;
  # Who calls: the trunk's word before the phone's; nobody who asked not to be named. Digits only: nothing else goes on.
  $avp(from) = $(fU{s.select,0,;});
  if ($ai != $null) $avp(from) = $(ai{uri.user}{s.select,0,;});
  if ($hdr(Privacy) =~ "(id|user)") $avp(from) = "";
  if (!($avp(from) =~ "^[+]?[0-9().-]+$")) $avp(from) = "";
  $avp(e164) = $(avp(from){re.subst,/[().-]//g});
  if ($avp(e164) =~ "^00") $avp(e164) = "+" + $(avp(e164){s.substr,2,0});
  else if ($avp(e164) =~ "^0") $avp(e164) = "+${country}" + $(avp(e164){s.substr,1,0});
  route(CALL_NAME);
  $avp(invited) = $TV(Sn);
  $avp(n) = -1;
  $avp(at) = -1;
  $avp(ask) = 0;
  $avp(step) = "";
  $avp(past) = "";
  $avp(played) = "";
  # What only we may say to a phone or to the announcer.
  remove_hf("Call-Info"); remove_hf("Alert-Info"); remove_hf_re("^X-(Prompt|Play-Ms|Wait-Ms|Waits|Played-Ms|Voicemail)$");
  # Nor may a caller take the place of another at a phone (RFC 3891, 3911).
  remove_hf("Replaces"); remove_hf("Join");
  if ($avp(door) != "redirect") {
    route(RECORD);
    route(KEPT_BY_SIDES);
    dlg_manage();
    $dlg_var(id) = $avp(id); $dlg_var(from) = $avp(from); $dlg_var(invited) = $avp(invited);
    $dlg_var(n) = $avp(n); $dlg_var(step) = ""; $dlg_var(answered) = ""; $dlg_var(gone) = ""; $dlg_var(played) = "";
  }
  t_on_failure("THINKING");
  # Not sooner: a CANCEL that follows at once must find a call that is known by its name.
  t_reply("100","Trying");
${ask('invited', answerWithinMs)}
  route(HELD);
  exit;
}
${registrar ? registerRoute(registrar.realm) : ''}`;
}

/** What Kamailio sends to itself. No other program can send from the port it listens at. */
const FROM_SELF = 'src_ip==myself && $sp == $Rp';

function callsToOutside(
  { trunks, registrar }: TelephonySettings,
  { phones }: NonNullable<TelephonySettings['outgoing']>,
): string {
  const fromPhones = registrar ? `!(${isFrom(trunks)})` : isFrom(phones);
  return `  # Our own call to an advisor's phone.
  if (is_method("INVITE") && ${FROM_SELF} && $(ru{uri.param,call}) =~ "^[0-9a-f-]+$") { route(OWN_PHONE); exit; }
${fromPhones ? `  # An advisor's phone calls somebody.\n  if (is_method("INVITE") && (${fromPhones})) { route(OUTGOING); exit; }\n` : ''}`;
}

const WITHIN_DIALLED = `  # The first leg of a call Visavis asked for ends here, not at a phone.
  if ($sht(leg=>$ci) != $null) {
    if (!(${FROM_SELF})) { route(LEG); exit; }
    if (is_method("REFER")) t_on_failure("NOT_REFERRED");
  }
`;

/** A phone registers under its own number and no other. */
function registerRoute(realm: string): string {
  return `# A phone that is not there refuses at once, and one that says nothing is dead: the next one rings.
route[TO_PHONE] {
  if (t_lookup_request()) exit;
  if (!lookup("location")) { sl_send_reply("480","Not Registered"); exit; }
  t_set_fr("180000", "1500");
  if (!t_relay()) sl_reply_error();
  exit;
}
route[REGISTER] {
  if (!pv_www_authenticate("${realm}", "$sht(phones=>$tU)", "0")) {
    www_challenge("${realm}", "1");
    exit;
  }
  if ($au != $tU) { sl_send_reply("403","Forbidden"); exit; }
  consume_credentials();
  route(SAVE);
}
# Visavis hears of a phone that came or left; not of one that says again that it is there.
route[SAVE] {
  if (!save("location")) sl_reply_error();
  $var(number) = $tU;
  route(TELL_PHONE);
}
event_route[usrloc:contact-expired] {
  $var(number) = $ulc(exp=>aor);
  route(TELL_PHONE);
}
route[TELL_PHONE] {
  if (!($var(number) =~ "^[+]?[0-9]+$")) return;
  $var(there) = "0";
  if (registered("location","sip:$var(number)@${realm}")) $var(there) = "1";
  if ($sht(there=>$var(number)) == $var(there)) return;
  $sht(there=>$var(number)) = $var(there);
  evapi_relay("{\\"event\\":\\"phone\\",\\"number\\":\\"$var(number)\\",\\"there\\":\\"$var(there)\\"}");
}`;
}
