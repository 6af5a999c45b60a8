/** How often an announcer somebody talks to is asked whether it is still there (s), and how often in vain before its calls end. */
const ASKED_EVERY_S = 3;
const ASKED_IN_VAIN = 2;

/** Steps that end with an answered call: the caller talks to the announcer, and is charged for it. */
export const IS_VOICEMAIL = '=~ "^(voicemail|message)"';

export const VOICEMAIL_TABLES = `# Calls the voicemail has answered: at which announcer, and what was told of it.
modparam("htable","htable","voicemail=>size=8;autoexpire=1200;")
# How often in vain each announcer was asked whether it is still there.
modparam("htable","htable","announcers=>size=4;autoexpire=1200;")
# Calls we hung up ourselves: no accounting tells of them, so it is told to whoever connects, for a week.
modparam("htable","htable","hungup=>size=4;autoexpire=604800;")
modparam("rtimer","timer","name=announcers;interval=${ASKED_EVERY_S};mode=1;")
modparam("rtimer","exec","timer=announcers;route=ANNOUNCERS")`;

/** Of a dialog that begins. The call before its announcer: whoever takes an announcer for silent looks for its calls last. */
export const VOICEMAIL_BEGINS = `if ($dlg_var(step) ${IS_VOICEMAIL}) {
    $sht(voicemail=>$dlg(h_entry):$dlg(h_id)) = $dlg_var(announcer) + '|{"event":"answered","t":"' + $TV(Sn) + '","id":"' + $dlg_var(id) + '","from":"' + $dlg_var(from) + '","invited":"' + $dlg_var(invited) + '","step":"' + $dlg_var(step) + '"}';
    if ($sht(announcers=>$dlg_var(announcer)) == $null) $sht(announcers=>$dlg_var(announcer)) = 0;
  }`;

/** To whoever connects. */
export const VOICEMAIL_TOLD = `sht_iterator_start("told","hungup");
  while (sht_iterator_next("told")) { evapi_relay("$shtitval(told)"); }
  sht_iterator_end("told");`;

/** Of a dialog that ends. */
export const VOICEMAIL_ENDS = '$sht(voicemail=>$dlg(h_entry):$dlg(h_id)) = $null;';

/**
 * A Visavis that was killed hangs up on nobody. Who talks to its voicemail would be charged for silence: the announcer
 * itself is asked, and once it is silent Kamailio ends its calls. Those of another process, or of one that only lost its
 * connection to evapi, go on.
 */
export function voicemail(): string {
  return `route[ANNOUNCERS] {
  sht_iterator_start("each","announcers");
  while (sht_iterator_next("each")) { $avp(each) = $shtitkey(each); }
  sht_iterator_end("each");
  while ($avp(each) != $null) {
    $var(announcer) = $avp(each);
    $avp(each) = $null;
    if ($sht(announcers=>$var(announcer)) >= ${ASKED_IN_VAIN}) route(SILENT);
    else route(ASK_ANNOUNCER);
  }
}
route[ASK_ANNOUNCER] {
  $var(asked) = $shtinc(announcers=>$var(announcer));
  $uac_req(method) = "OPTIONS";
  $uac_req(ruri) = "sip:" + $var(announcer);
  $uac_req(furi) = "sip:visavis@visavis.invalid";
  $uac_req(turi) = "sip:" + $var(announcer);
  $uac_req(evroute) = 1;
  uac_req_send();
}
event_route[uac:reply] {
  # From there, not a word of our own that nothing came.
  if ($uac_req(evtype) == 1) $sht(announcers=>$(uac_req(ruri){s.substr,4,0})) = 0;
}
route[SILENT] {
  $sht(announcers=>$var(announcer)) = $null;
  sht_iterator_start("each","voicemail");
  while (sht_iterator_next("each")) { if ($(shtitval(each){s.select,0,|}) == $var(announcer)) $avp(over) = $shtitkey(each); }
  sht_iterator_end("each");
  while ($avp(over) != $null) {
    $var(over) = $avp(over);
    $avp(over) = $null;
    # Of an end that is not asked for by either side Kamailio keeps no account.
    $var(told) = $(sht(voicemail=>$var(over)){s.select,1,|});
    $sht(voicemail=>$var(over)) = $null;
    $sht(hungup=>$var(over)) = $var(told);
    evapi_relay("$var(told)");
    jsonrpc_exec('{"jsonrpc":"2.0","method":"dlg.end_dlg","params":[$(var(over){s.select,0,:}),$(var(over){s.select,1,:})],"id":4}');
  }
}
`;
}
