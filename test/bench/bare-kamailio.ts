/** A Kamailio that does nothing but pass every call on, keeping its dialogs as any proxy that bills would. */
export function bareKamailio(port: number, to: string): string {
  return `#!KAMAILIO
debug=1
log_stderror=yes
children=4
real_time=4
rt_policy=1
rt_prio=3
tcp_children=2
auto_aliases=no
listen=udp:127.0.0.1:${port}
listen=tcp:127.0.0.1:${port + 1}
${['tm', 'sl', 'rr', 'pv', 'maxfwd', 'textops', 'siputils', 'dialog'].map((name) => `loadmodule "${name}.so"`).join('\n')}
modparam("dialog","dlg_flag",4)
request_route {
  if (!mf_process_maxfwd_header("10")) exit;
  if (is_method("CANCEL") || is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
  record_route();
  dlg_manage();
  $ru = "${to}";
  t_relay();
}
`;
}
