import { VOICEMAIL_BEGINS, VOICEMAIL_ENDS, VOICEMAIL_TOLD } from './voicemail.ts';

/** What Kamailio's dialogs say: answered, ended, never answered; and to whoever connects, since when it runs. */
export function events(): string {
  return `event_route[core:worker-one-init] {
  $shv(started) = $TV(Sn);
}
# Calls from before that nobody had answered are over. Those who talked go on; their ends may have been told to nobody.
event_route[evapi:connection-new] {
  evapi_relay("{\\"event\\":\\"started\\",\\"t\\":\\"$shv(started)\\"}");
  sht_iterator_start("told","unheard");
  while (sht_iterator_next("told")) { evapi_relay("$shtitval(told)"); }
  sht_iterator_end("told");
  ${VOICEMAIL_TOLD}
}
event_route[dialog:start] {
  $dlg_var(answered) = $TV(Sn);
  ${VOICEMAIL_BEGINS}
  ${ofDialog('answered')}
}
event_route[dialog:end] {
  ${VOICEMAIL_ENDS}
  ${ofDialog('ended')}
}
event_route[dialog:failed] {
  if ($sht(gone=>$dlg_var(id)) != $null) $dlg_var(gone) = "1";
  if ($dlg_var(gone) == "1") { ${ofDialog('cancelled')} }
  else { ${ofDialog('missed')} }
}
`;
}

function ofDialog(event: string): string {
  return `evapi_relay("{\\"event\\":\\"${event}\\",\\"t\\":\\"$TV(Sn)\\",\\"id\\":\\"$dlg_var(id)\\",\\"from\\":\\"$dlg_var(from)\\",\\"invited\\":\\"$dlg_var(invited)\\",\\"n\\":\\"$dlg_var(n)\\",\\"step\\":\\"$dlg_var(step)\\",\\"moved\\":\\"$dlg_var(moved)\\",\\"to\\":\\"$dlg_var(to)\\",\\"code\\":\\"$dlg_var(code)\\",\\"played\\":\\"$dlg_var(played)\\",\\"answered\\":\\"$dlg_var(answered)\\"}");`;
}
