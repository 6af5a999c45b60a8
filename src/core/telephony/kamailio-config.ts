/** What an operator says about their telephones. Addresses are `host:port` unless said otherwise. */
export interface TelephonySettings {
  /** Where Kamailio takes calls: `udp:192.0.2.10:5060`. */
  listen: readonly string[];
  /** Addresses calls may come from: the carrier's trunks. */
  trunks: readonly string[];
  /** Where Kamailio and Visavis talk to each other; keep it on loopback. */
  evapi: string;
  /** Who is rung when Visavis is silent: a SIP address. */
  fallback: string;
}

/** A complete kamailio.cfg (Kamailio 5.6). Every INVITE asks Visavis and follows its ring list, one phone after the other. */
export function kamailioConfig(settings: TelephonySettings): string {
  return [head(settings), requests(settings), answers(settings), events].join('\n');
}

const modules = 'tm tmx sl rr pv maxfwd textops siputils sanity pike xlog jansson uac rtjson evapi dialog'.split(' ');

function head({ listen, evapi }: TelephonySettings): string {
  return `#!KAMAILIO
# Written by "visavis telephony config". Change the settings there and write it again.
debug=1
log_stderror=yes
children=4
auto_aliases=no
${listen.map((address) => `listen=${address}`).join('\n')}
${modules.map((name) => `loadmodule "${name}.so"`).join('\n')}
# Visavis connects here. Loopback only: whoever can connect decides who is rung.
modparam("evapi","bind_addr","${evapi}")
modparam("evapi","workers",2)
modparam("evapi","netstring_format",1)
# Visavis silent for this long (ms): the fallback rings. The ring list sets its own times.
modparam("tm","fr_timer",2000)
modparam("tm","fr_inv_timer",30000)
# Or every repeated 180 would prolong the ringing.
modparam("tm","restart_fr_on_each_reply",0)
modparam("tm","max_inv_lifetime",180000)
modparam("rr","enable_full_lr",1)
modparam("rr","append_fromtag",1)
modparam("dialog","dlg_flag",4)
modparam("dialog","default_timeout",7200)
# More than 200 requests in 2 s from one address are not answered.
modparam("pike","sampling_time_unit",2)
modparam("pike","reqs_density_per_unit",200)
`;
}

function requests({ trunks }: TelephonySettings): string {
  return `request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483","Too Many Hops"); exit; }
  # Malformed requests end here.
  if (!sanity_check("1511","7")) exit;
  if (is_method("CANCEL")) {
    if (t_check_trans()) t_relay();
    exit;
  }
  if (has_totag()) {
    if (loose_route()) { t_relay(); exit; }
    if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
    sl_send_reply("404","Not here"); exit;
  }
  # Calls come from the trunks and from nowhere else.
  if (!(${trunks.map((trunk) => `src_ip==${trunk}`).join(' || ')})) {
    if (pike_check_req()) exit;
    sl_send_reply("403","Forbidden"); exit;
  }
  if (is_method("OPTIONS")) { sl_send_reply("200","OK"); exit; }
  if (!is_method("INVITE")) { sl_send_reply("405","Method Not Allowed"); exit; }
  if (!t_newtran()) exit;
  t_reply("100","Trying");
  # What only we may say to a phone.
  remove_hf("Call-Info"); remove_hf("Alert-Info");
  record_route();
  dlg_manage();
  t_on_failure("THINKING");
  if (!evapi_async_relay("{\\"event\\":\\"invite\\",\\"t\\":\\"$TV(Sn)\\",\\"tindex\\":\\"$T(id_index)\\",\\"tlabel\\":\\"$T(id_label)\\",\\"callid\\":\\"$(ci{s.escape.common})\\",\\"from\\":\\"$(fU{s.escape.common})\\"}")) {
    route(FALLBACK);
  }
  exit;
}
event_route[evapi:message-received] {
  jansson_get("tindex", "$evapi(msg)", "$var(tis)");
  jansson_get("tlabel", "$evapi(msg)", "$var(tls)");
  $var(ti) = $(var(tis){s.int});
  $var(tl) = $(var(tls){s.int});
  jansson_get("rtjson", "$evapi(msg)", "$var(rt)");
  # The second of two Visavis processes finds the call already on its way.
  if (!t_continue("$var(ti)", "$var(tl)", "ANSWERED")) xlog("L_INFO","already on its way: $var(ti) $var(tl)\\n");
}`;
}

function answers({ fallback }: TelephonySettings): string {
  return `route[ANSWERED] {
  if (!rtjson_init_routes("$var(rt)")) { route(FALLBACK); exit; }
  rtjson_push_routes();
  $avp(n) = -1;
  route(FORK);
}
route[FORK] {
  # Own route number: Kamailio's branch number counts the wait for Visavis too.
  $(avp(n)[*]) = $avp(n) + 1;
  t_on_branch("BRANCH");
  t_on_failure("NEXT");
  if (!t_relay()) t_reply("500","Relay failed");
  exit;
}
branch_route[BRANCH] {
  rtjson_update_branch();
  ${say('ringing', ',\\"n\\":\\"$avp(n)\\"')}
}
failure_route[THINKING] {
  if (t_is_canceled()) { ${say('missed')} exit; }
  route(FALLBACK);
}
route[FALLBACK] {
  $ru = "${fallback}";
  t_set_fr(30000, 2000);
  t_on_failure("LAST");
  t_relay();
  exit;
}
failure_route[LAST] {
  ${say('missed')}
  if (!t_is_canceled()) t_reply("480","Temporarily Unavailable");
}
failure_route[NEXT] {
  if (!t_is_canceled() && !t_check_status("6[0-9][0-9]") && rtjson_next_route()) { route(FORK); }
  ${say('missed')}
}`;
}

/** A line that tells Visavis of something that happened to this call. */
function say(event: string, more = ''): string {
  return `evapi_relay("{\\"event\\":\\"${event}\\",\\"t\\":\\"$TV(Sn)\\",\\"callid\\":\\"$(ci{s.escape.common})\\"${more}}");`;
}

const dialog = (event: string, more = '') =>
  `evapi_relay("{\\"event\\":\\"${event}\\",\\"t\\":\\"$TV(Sn)\\",\\"callid\\":\\"$(dlg(callid){s.escape.common})\\"${more}}");`;

const events = `event_route[dialog:start] { ${dialog('answered', ',\\"n\\":\\"$avp(n)\\"')} }
event_route[dialog:end] { ${dialog('ended')} }
event_route[dialog:failed] { ${dialog('missed')} }
`;
