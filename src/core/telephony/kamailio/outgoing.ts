import type { TelephonySettings } from './settings.ts';

/** How long a customer's phone rings (ms). */
const CUSTOMER_MS = 60_000;

/** `host:port` Kamailio reaches itself at, over UDP: the first leg of a dialled call goes through its own routes. */
export function ownAddress({ listen }: TelephonySettings): string {
  return listen.find((address) => address.startsWith('udp:'))?.slice(4) ?? '127.0.0.1:5059';
}

/**
 * Calls to customers. Visavis asks for one: the advisor's phone rings (INVITE on hold), and once it is picked up Kamailio
 * refers it to the customer's number and leaves. What the phone then dials is a call like any other of that phone: it shows
 * the operator's number and belongs to nobody's program, so that no restart of Visavis ends it.
 */
export function outgoing(settings: TelephonySettings): string {
  const { outgoing: out } = settings;
  if (!out)
    return `route[DIAL] {
  $avp(call) = $var(dial);
  $var(code) = "501";
  ${tellOfDialled('unplaced')}
}
`;
  return [dial(settings), ownPhone(settings), toCarrier(settings, out)].join('\n');
}

function dial(settings: TelephonySettings): string {
  const { registrar } = settings;
  return `# Visavis wants an advisor's phone to call somebody. The same wish again changes nothing.
route[DIAL] {
  $var(phone) = ""; $var(to) = ""; $var(shown) = "";
  jansson_get("phone", "$evapi(msg)", "$var(phone)");
  jansson_get("to", "$evapi(msg)", "$var(to)");
  jansson_get("shown", "$evapi(msg)", "$var(shown)");
  if (!($var(dial) =~ "^[0-9a-f-]+$") || !($var(to) =~ "^[+]?[0-9]+$") || !($var(phone) =~ "^[+0-9A-Za-z._:@-]+$")) return;
  if ($sht(dialled=>$var(dial)) != $null) return;
  $sht(dialled=>$var(dial)) = $var(to);
  if ($var(shown) != "") $sht(shown=>$var(dial)) = $var(shown);
  jsonrpc_exec('{"jsonrpc":"2.0","method":"dlg.bridge_dlg","params":["sip:$var(phone);call=$var(dial)","<sip:$var(to)@${registrar ? registrar.realm : '$(var(phone){s.select,1,@})'}>","sip:${ownAddress(settings)}"],"id":3}');
}`;
}

/** The first leg: Kamailio's own INVITE comes back here and finds the phone. */
function ownPhone({ registrar, outgoing: out }: TelephonySettings): string {
  const find = registrar
    ? `  if ($rd == "registrar" && !lookup("location")) {
    $var(code) = "404";
    ${tellOfDialled('unplaced')}
    t_reply("404","Not registered");
    exit;
  }
`
    : '';
  return `route[OWN_PHONE] {
  $avp(call) = $(ru{uri.param,call});
  subst_uri('/;call=[0-9a-f-]+//');
  if (!t_newtran()) exit;
  t_reply("100","Trying");
  $sht(leg=>$ci) = $avp(call);
  route(RECORD);
  # The advisor sees whom they are about to call.
  if ($sht(shown=>$avp(call)) != $null)
    uac_replace_from("\\"$sht(shown=>$avp(call))\\"", "sip:$sht(dialled=>$avp(call))@visavis.invalid");
${find}  t_set_fr("${out?.ownPhoneRingsMs ?? 25_000}", "1500");
  t_on_reply("PICKED_UP");
  t_on_failure("NOT_PICKED_UP");
  if (!t_relay()) t_reply("500","Relay failed");
  exit;
}
onreply_route[PICKED_UP] {
  $var(code) = "";
  if (status == "200") { ${tellOfDialled('picked')} }
}
failure_route[NOT_PICKED_UP] {
  $var(code) = $T_reply_code;
  ${tellOfDialled('unplaced')}
}
failure_route[NOT_REFERRED] {
  $avp(call) = $sht(leg=>$ci);
  $var(code) = $T_reply_code;
  ${tellOfDialled('unplaced')}
}
# What the phone says to us on the first leg: it hung up, or tells how far the call we sent it on came.
route[LEG] {
  if (is_method("ACK")) exit;
  if (is_method("NOTIFY") && $rb =~ "^SIP/2.0 [3-6]") {
    $avp(call) = $sht(leg=>$ci);
    $var(code) = $(rb{s.substr,8,3});
    ${tellOfDialled('unplaced')}
  }
  sl_send_reply("200","OK");
}`;
}

/** A phone calls: a colleague directly, anybody else over the carrier and under the operator's number. */
function toCarrier(
  { registrar, country }: TelephonySettings,
  { number, carrier }: NonNullable<TelephonySettings['outgoing']>,
): string {
  const host = carrier.split(':')[0];
  return `# The carrier sees this machine and nothing behind it: neither a phone's address nor its number.
event_route[topoh:msg-outgoing] {
  if ($sndto(ip) != "${host}" || $sndto(port) != ${carrier.split(':')[1] ?? 5060}) drop;
}
route[OUTGOING] {
  if (t_lookup_request()) exit;
${registrar ? authenticate(registrar.realm) : '  $avp(from) = $fU;\n  if ($ai != $null) $avp(from) = $(ai{uri.user}{s.select,0,;});\n'}  if (!($avp(from) =~ "^[+0-9A-Za-z*#_.-]+$")) $avp(from) = "";
  if (!($rU =~ "^[+]?[0-9]+$")) { sl_send_reply("404","Not a number"); exit; }
  route(LIMIT);
  $avp(to) = $rU;
  ${toE164('to', country)}
  if (!t_newtran()) exit;
  t_reply("100","Trying");
${registrar ? toColleague() : ''}  route(CALL_NAME);
  $avp(invited) = $TV(Sn);
  route(RECORD);
  dlg_manage();
  $dlg_var(id) = $avp(id); $dlg_var(from) = $avp(from); $dlg_var(to) = $avp(to); $dlg_var(invited) = $avp(invited);
  $dlg_var(n) = ""; $dlg_var(step) = ""; $dlg_var(answered) = ""; $dlg_var(gone) = ""; $dlg_var(played) = ""; $dlg_var(code) = "";
  $var(code) = "";
  ${tellOfOutgoing('dialled')}
  # Whoever is called sees the operator's number. No word about whose phone it is leaves this house.
  uac_replace_from("", "sip:${number}@${host}");
  remove_hf_re("^(P-Asserted-Identity|P-Preferred-Identity|Remote-Party-ID|Referred-By|Diversion|History-Info|Call-Info|Alert-Info|X-.*)$");
  append_hf("P-Asserted-Identity: <sip:${number}@${host}>\\r\\n");
  $ru = "sip:" + $avp(to) + "@${carrier}";
  $du = $null;
  t_set_fr("${CUSTOMER_MS}", "5000");
  t_on_failure("NOT_REACHED");
  if (!t_relay()) t_reply("500","Relay failed");
  exit;
}
failure_route[NOT_REACHED] {
  $var(code) = $T_reply_code;
  if (t_is_canceled()) $var(code) = "487";
  $dlg_var(code) = $var(code);
  ${tellOfOutgoing('missed')}
}
${registrar ? COLLEAGUE : ''}`;
}

function authenticate(realm: string): string {
  return `  if (!pv_proxy_authenticate("${realm}", "$sht(phones=>$fU)", "0")) {
    proxy_challenge("${realm}", "0");
    exit;
  }
  if ($au != $fU) { sl_send_reply("403","Forbidden"); exit; }
  consume_credentials();
  $avp(from) = $au;
`;
}

function toColleague(): string {
  return `  $var(asked) = $ru;
  $ru = "sip:" + $avp(to) + "@registrar";
  if (lookup("location")) {
    # Perhaps to pass a caller on.
    $sht(consulted=>$ci) = $avp(to);
    route(CALL_NAME);
    route(RECORD);
    t_on_reply("COLLEAGUE");
    if (!t_relay()) t_reply("500","Relay failed");
    exit;
  }
  $ru = $var(asked);
`;
}

/** Two advisors talk: both are busy until either hangs up, which is told of every call. */
const COLLEAGUE = `onreply_route[COLLEAGUE] {
  if (status != "200") return;
  $avp(invited) = ""; $var(code) = "";
  ${tellOfOutgoing('colleagues')}
}
`;

/** The number in this variable as +COUNTRY…, whatever way it was dialled. */
function toE164(variable: string, country: string): string {
  return `if ($avp(${variable}) =~ "^00") $avp(${variable}) = "+" + $(avp(${variable}){s.substr,2,0});
  else if ($avp(${variable}) =~ "^0") $avp(${variable}) = "+${country}" + $(avp(${variable}){s.substr,1,0});`;
}

/** Of a call Visavis asked for, under the name Visavis gave it. */
function tellOfDialled(event: string): string {
  return `evapi_relay("{\\"event\\":\\"${event}\\",\\"t\\":\\"$TV(Sn)\\",\\"id\\":\\"$avp(call)\\",\\"code\\":\\"$var(code)\\"}");`;
}

/** Of a call a phone makes, with all it takes to understand it alone. */
function tellOfOutgoing(event: string): string {
  return `evapi_relay("{\\"event\\":\\"${event}\\",\\"t\\":\\"$TV(Sn)\\",\\"id\\":\\"$avp(id)\\",\\"from\\":\\"$avp(from)\\",\\"to\\":\\"$avp(to)\\",\\"invited\\":\\"$avp(invited)\\",\\"code\\":\\"$var(code)\\"}");`;
}
