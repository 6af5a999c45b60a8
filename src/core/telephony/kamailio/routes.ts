import { ANSWER_WITHIN_MS, ask } from './ask.ts';
import { ownAddress } from './outgoing.ts';
import type { TelephonySettings } from './settings.ts';
import { IS_VOICEMAIL } from './voicemail.ts';

/** Longer than the announcer is silent about a wait (`STILL_WAITS_MS`), and about a sentence (`STILL_SPEAKS_MS`). */
const WAIT_GOES_ON_MS = 8_000;
const SENTENCE_GOES_ON_MS = 2_500;
/** Attempts and questions of one call that leave room for a last list, of the thirty Kamailio has. */
const MOST_SLOTS = 20;

/** The way of a call: Visavis' answer, or without one the held list, then step by step to the end. */
export function routes(settings: TelephonySettings): string {
  const { fallback, registrar, folder, redirect, answerWithinMs = ANSWER_WITHIN_MS } = settings;
  // A phone that registered is looked up when its turn comes, in a request of its own: route TO_PHONE.
  const phonesHere = registrar
    ? `  $var(rt) = $(var(rt){re.subst,/@registrar/@${ownAddress(settings)};phone=1/g});\n`
    : '';
  return `event_route[evapi:message-received] {
  # Only says that we were heard.
  if ($evapi(msg) == "{}") exit;
  $var(rt) = $null; $var(tis) = ""; $var(tls) = ""; $var(reload) = ""; $var(dial) = "";
  jansson_get("reload", "$evapi(msg)", "$var(reload)");
  if ($var(reload) != "") { route(RELOAD); exit; }
${folder ? OWNER + ROTATE : ''}  jansson_get("dial", "$evapi(msg)", "$var(dial)");
  if ($var(dial) != "") { route(DIAL); exit; }
  # Somebody is free for a caller who waits. Whichever Visavis process speaks to them ends its sentence; then we ask.
  $var(free) = "";
  jansson_get("free", "$evapi(msg)", "$var(free)");
  if ($var(free) != "") { evapi_relay("{\\"event\\":\\"freed\\",\\"t\\":\\"$TV(Sn)\\",\\"id\\":\\"$(var(free){s.escape.common})\\"}"); exit; }
  jansson_get("tindex", "$evapi(msg)", "$var(tis)");
  jansson_get("tlabel", "$evapi(msg)", "$var(tls)");
  $var(ask) = "";
  jansson_get("ask", "$evapi(msg)", "$var(ask)");
  # Too late: the call went on without us. Or it answers what was asked before.
  if ($sht(asked=>$var(tis):$var(tls)) != $var(ask)) exit;
  $var(ti) = $(var(tis){s.int});
  $var(tl) = $(var(tls){s.int});
  $var(steps) = ""; $var(contacts) = "";
  jansson_get("contacts", "$evapi(msg)", "$var(contacts)");
  jansson_get("rtjson", "$evapi(msg)", "$var(rt)");
  jansson_get("steps", "$evapi(msg)", "$var(steps)");
  # The second of two Visavis processes finds the call already on its way.
  if (!t_continue("$var(ti)", "$var(tl)", "ANSWERED")) xlog("L_INFO","already on its way: $var(ti) $var(tl)\\n");
}
route[RELOAD] {
${
  folder
    ? `  $var(version) = "";
  jansson_get("version", "$evapi(msg)", "$var(version)");
  if ($var(reload) == "own" && $sht(own=>version) != $var(version))
    jsonrpc_exec('{"jsonrpc":"2.0","method":"htable.reload","params":["own"],"id":1}');
  if ($var(reload) == "ring" && $sht(ring=>version) != $var(version))
    jsonrpc_exec('{"jsonrpc":"2.0","method":"htable.reload","params":["ring"],"id":2}');`
    : '  return;'
}
}
route[ANSWERED] {
${redirect ? TO_REDIRECT : ''}  $sht(asked=>$T(id_index):$T(id_label)) = $null;
  $(avp(steps)[*]) = $var(steps);
  $(avp(at)[*]) = -1;
  if ($avp(steps) == "") { route(NOBODY); exit; }
${phonesHere}  if (!rtjson_init_routes("$var(rt)")) { route(FALLBACK); exit; }
  rtjson_push_routes();
  route(FORK);
}
# Without Visavis: the list held for whoever looks after this number, else the one for everybody, else the fallback.
route[HELD] {
${
  folder
    ? `  $vn(own) = $sht(own=>$avp(e164));
  if ($vn(own) == $null) $vn(own) = "anyone";
  $vn(list) = $sht(ring=>$vn(own));
  if ($vn(list) == $null) $vn(list) = $sht(ring=>anyone);
${redirect ? '  $var(contacts) = "";\n  if ($vn(list) != $null) jansson_get("contacts", "$vn(list)", "$var(contacts)");\n' : ''}${redirect ? TO_REDIRECT : ''}  if ($vn(list) != $null) {
    $var(steps) = "";
    jansson_get("rtjson", "$vn(list)", "$var(rt)");
    jansson_get("steps", "$vn(list)", "$var(steps)");
    $(avp(steps)[*]) = $var(steps);
    $(avp(at)[*]) = -1;
${phonesHere}    if ($var(steps) != "" && rtjson_init_routes("$var(rt)")) {
      rtjson_push_routes();
      route(FORK);
      exit;
    }
  }`
    : redirect
      ? `  $var(contacts) = "";\n${TO_REDIRECT}`
      : ''
}
  route(FALLBACK);
}
route[FORK] {
  # Own step number: Kamailio's branch number counts the wait for Visavis too. And the place in the list of now.
  $(avp(n)[*]) = $avp(n) + 1;
  $(avp(at)[*]) = $avp(at) + 1;
  $(avp(step)[*]) = $(avp(steps){s.select,$avp(at),/});
  $(avp(past)[*]) = $avp(past) + "/" + $avp(step);
  $(avp(played)[*]) = "";
  $dlg_var(n) = $avp(n); $dlg_var(step) = $avp(step); $dlg_var(played) = "";
  t_on_branch("BRANCH");
  t_on_reply("REPLY");
  t_on_failure("NEXT");
  if (!t_relay()) t_reply("500","Relay failed");
  exit;
}
branch_route[BRANCH] {
  rtjson_update_branch();
  if ($avp(step) ${IS_VOICEMAIL}) $dlg_var(announcer) = $rd + ":" + $rp;
  ${tell('ringing')}
}
onreply_route[REPLY] {
  # Who speaks to a caller says again and again that they still do; else the call goes on.
  if ($avp(step) =~ "^(hold|wait)" && $rs == 183) t_set_fr("${WAIT_GOES_ON_MS}");
  if ($avp(step) =~ "^(offer|promise)" && $rs == 183) t_set_fr("${SENTENCE_GOES_ON_MS}");
  # Only the announcer says how much was heard.
  if ($avp(step) =~ "^(offer|hold|wait|promise)" && $hdr(X-Played-Ms) =~ "^[0-9]+$") {
    $(avp(played)[*]) = $hdr(X-Played-Ms);
    $dlg_var(played) = $avp(played);
  }
}
failure_route[THINKING] {
  $sht(asked=>$T(id_index):$T(id_label)) = $null;
  if (t_is_canceled()) { route(GONE); exit; }
  route(HELD);
}
failure_route[NEXT] {
  if (t_is_canceled()) { route(GONE); exit; }
  $var(code) = $T_reply_code;
  ${tell('failed')}
  # An offer that was hardly heard was not declined.
  if ($avp(step) =~ "^offer") {
    if ($avp(played) == "") $(avp(past)[*]) = $avp(past) + "/heard.0";
    else $(avp(past)[*]) = $avp(past) + "/heard." + $avp(played);
  }
  # Things have changed since this list was made: Visavis decides again, while there is room for what it answers.
  if ($avp(step) =~ "^(offer|ring|hold|wait)" && $avp(n) + $avp(ask) < ${MOST_SLOTS}) {
    $(avp(ask)[*]) = $avp(ask) + 1;
    t_on_failure("THINKING_AGAIN");
${ask('again', answerWithinMs)}
  }
  route(ONWARD);
}
failure_route[THINKING_AGAIN] {
  $sht(asked=>$T(id_index):$T(id_label)) = $null;
  if (t_is_canceled()) { route(GONE); exit; }
  # Who waited, waited for Visavis: without it, for nobody.
  if ($avp(step) =~ "^(wait|hold)") { route(HELD); exit; }
  route(ONWARD);
}
# The list that was given goes on.
route[ONWARD] {
  if (rtjson_next_route()) { route(FORK); exit; }
  route(NOBODY);
}
# The caller hung up before anyone answered: the end of the dialog tells so.
route[GONE] {
  $dlg_var(gone) = "1";
}
route[NOBODY] {
  $var(code) = "480";
  ${tell('missed')}
  t_reply("480","Temporarily Unavailable");
}
route[FALLBACK] {
  $(avp(steps)[*]) = "fallback"; $(avp(step)[*]) = "fallback"; $(avp(n)[*]) = 0;
  $dlg_var(n) = "0"; $dlg_var(step) = "fallback";
  $var(code) = "";
  ${tell('ringing')}
  $ru = "${fallback}";
  $du = $null;
  t_set_fr("30000", "2000");
  t_on_failure("LAST");
  if (!t_relay()) t_reply("500","Relay failed");
  exit;
}
failure_route[LAST] {
  if (t_is_canceled()) { route(GONE); exit; }
  route(NOBODY);
}`;
}

/** One number has another advisor now, or none. */
const OWNER = `  $var(own) = ""; $var(is) = "";
  jansson_get("own", "$evapi(msg)", "$var(own)");
  if ($var(own) != "") {
    jansson_get("is", "$evapi(msg)", "$var(is)");
    # It knew another state than the one that changed: the file is read next time.
    $var(was) = "";
    jansson_get("was", "$evapi(msg)", "$var(was)");
    if ($var(was) != "" && $sht(own=>version) != $var(was)) exit;
    if ($var(is) == "") $sht(own=>$var(own)) = $null;
    else $sht(own=>$var(own)) = $var(is);
    exit;
  }
`;

/** Visavis has put the accounting of the days before away. */
const ROTATE = `  $var(rotate) = "";
  jansson_get("rotate", "$evapi(msg)", "$var(rotate)");
  if ($var(rotate) != "") { jsonrpc_exec('{"jsonrpc":"2.0","method":"flatstore.k_rotate","id":3}'); exit; }
`;

const TO_REDIRECT = `  if ($avp(door) == "redirect") { route(REDIRECT); exit; }
`;

/** A line that tells Visavis of something that happened to this call, with all it takes to understand it alone. */
function tell(event: string): string {
  return `evapi_relay("{\\"event\\":\\"${event}\\",\\"t\\":\\"$TV(Sn)\\",\\"id\\":\\"$avp(id)\\",\\"from\\":\\"$avp(from)\\",\\"invited\\":\\"$avp(invited)\\",\\"n\\":\\"$avp(n)\\",\\"step\\":\\"$avp(step)\\",\\"code\\":\\"$var(code)\\",\\"played\\":\\"$avp(played)\\"}");`;
}
