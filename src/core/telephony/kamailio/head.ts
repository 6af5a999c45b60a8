import { ownAddress } from './outgoing.ts';
import type { TelephonySettings } from './settings.ts';
import { VOICEMAIL_TABLES } from './voicemail.ts';

const MODULES =
  'tm tmx sl rr pv maxfwd textops siputils sanity pike xlog jansson uac htable rtjson evapi dialog jsonrpcs rtimer'.split(
    ' ',
  );

/** Modules and their parameters. */
export function head(settings: TelephonySettings): string {
  const { evapi, callKey, tls, registrar, folder, outgoing } = settings;
  const own = `udp:${ownAddress(settings)}`;
  const wanted = [
    ...settings.listen,
    ...(outgoing || registrar ? [own] : []),
    ...(settings.redirect ? [settings.redirect.listen] : []),
  ];
  const listen = [...new Set(wanted)];
  const more = [
    ...(tls ? ['tls'] : []),
    ...(registrar ? ['usrloc', 'registrar', 'auth'] : []),
    ...(registrar && folder ? ['db_sqlite'] : []),
    ...(folder ? ['db_text', 'db_flatstore', 'acc'] : []),
    ...(outgoing ? ['topoh'] : []),
  ];
  // Modules that others build on come first.
  const modules = [...more.filter((name) => name.startsWith('db_') || name === 'tls'), ...MODULES].concat(
    more.filter((name) => !name.startsWith('db_') && name !== 'tls'),
  );
  return `#!KAMAILIO
# Written by "visavis telephony config". Change the settings there and write it again.
#!define CALL_KEY "${callKey}"
debug=1
log_stderror=yes
children=4
# Whoever calls is heard in the moment they call, whatever else this machine does. Where Kamailio may not (docs/operate/telephony.md)
# it says so at the start, and takes its turn.
real_time=4
rt_policy=1
rt_prio=3
${tls ? 'enable_tls=yes\ntcp_children=4' : 'tcp_children=2'}
auto_aliases=no
# Phones, announcements and questions to Visavis of one call, together.
max_branches=30
# What is told to whoever connects, and what ends with an announcer, may be more than a hundred calls.
max_while_loops=10000
server_header="Server: Visavis"
user_agent_header="User-Agent: Visavis"
${listen.map((address) => `listen=${address}`).join('\n')}
${modules.map((name) => `loadmodule "${name}.so"`).join('\n')}
# Visavis connects here. Loopback only: whoever can connect decides who is rung.
modparam("evapi","bind_addr","${evapi}")
modparam("evapi","workers",2)
modparam("evapi","netstring_format",1)
# A phone that says nothing at all is dead after this (ms). The ring list sets its own times.
modparam("tm","fr_timer",2000)
modparam("tm","fr_inv_timer",30000)
# Or every repeated 180 would prolong the ringing.
modparam("tm","restart_fr_on_each_reply",0)
# Longer than any caller waits. Visavis and the ring lists set shorter times.
modparam("tm","max_inv_lifetime",1200000)
# An advisor who declines (603) passes the caller on; it does not end the call.
modparam("tm","disable_6xx_block",1)
modparam("rr","enable_full_lr",1)
modparam("rr","append_fromtag",1)
modparam("dialog","dlg_flag",4)
modparam("dialog","default_timeout",7200)
modparam("dialog","early_timeout",1200)
# Addresses that nobody named: more than 30 requests in 2 s are not answered.
modparam("pike","sampling_time_unit",2)
modparam("pike","reqs_density_per_unit",30)
modparam("pike","remove_latency",30)
# How many calls there were in a second.
modparam("htable","htable","rate=>size=4;autoexpire=5;initval=0;")
# Questions that wait for Visavis' answer: one that comes late, or to an earlier question of the same call, is not used.
modparam("htable","htable","asked=>size=10;autoexpire=60;")
# Callers who hung up while no phone rang: nothing but the end of the call tells of it.
modparam("htable","htable","gone=>size=8;autoexpire=60;")
# What ended after a restart while perhaps nobody listened: told again to whoever connects.
modparam("htable","htable","unheard=>size=8;autoexpire=600;")
${VOICEMAIL_TABLES}
${tls ? `modparam("tls","certificate","${tls.certificate}")\nmodparam("tls","private_key","${tls.key}")\nmodparam("tls","tls_method","TLSv1.2+")` : ''}
${folder ? ofFolder(folder, registrar !== undefined) : ''}
${registrar ? ofRegistrar(folder) : ''}
${outgoing ? ofOutgoing(ownAddress(settings), outgoing.maskKey) : ''}
${outgoing && registrar ? ofTransfers() : ''}
`;
}

/** Files of the shared folder: ring lists (written by Visavis), passwords of phones (by the operator), accounting (here). */
function ofFolder(folder: string, withPhones: boolean): string {
  return `# Ring lists for when Visavis is silent: who looks after a number, and whom to ring for each of them.
modparam("htable","db_url","text://${folder}/lists")
# A file that was replaced is read again; otherwise it is read once, at the start.
modparam("db_text","db_mode",1)
# Left alone, Kamailio does not start with more than 100000 numbers.
modparam("db_text","max_result_rows",1001000)
# db_text counts from the first row at each fetch.
modparam("htable","fetch_rows",10000)
modparam("htable","htable","own=>size=14;dbtable=own;")
modparam("htable","htable","ring=>size=8;dbtable=ring;")
${withPhones ? 'modparam("htable","htable","phones=>size=8;dbtable=phones;")' : ''}
# One line for each call that ended, answered or not. Visavis reads what it missed.
modparam("acc","db_url","flatstore:${folder}/calls")
modparam("acc","cdrs_table","calls")
modparam("acc","cdr_enable",1)
modparam("acc","cdr_log_enable",0)
modparam("acc","log_level",4)
modparam("acc","cdr_on_failed",1)
modparam("acc","time_mode",0)
modparam("acc","cdr_extra","moved=$dlg_var(moved);to=$dlg_var(to);code=$dlg_var(code);call=$dlg_var(id);caller=$dlg_var(from);invited=$dlg_var(invited);n=$dlg_var(n);step=$dlg_var(step);answered=$dlg_var(answered);gone=$dlg_var(gone);played=$dlg_var(played);over=$TV(Sn)")`;
}

/** Calls that Visavis asked for: the number and the name shown, and the first leg of each, for as long as one is set up. */
function ofOutgoing(own: string, maskKey: string): string {
  return `modparam("dialog","bridge_controller","sip:visavis@${own}")
modparam("dialog","bridge_contact","sip:visavis@${own}")
modparam("topoh","mask_key","${maskKey}")
modparam("htable","htable","dialled=>size=8;autoexpire=300;")
modparam("htable","htable","shown=>size=8;autoexpire=300;")
modparam("htable","htable","leg=>size=8;autoexpire=300;")`;
}

/** Calls between two phones of ours, and the caller each is about, for as long as anyone consults a colleague. */
function ofTransfers(): string {
  return `modparam("htable","htable","consulted=>size=8;autoexpire=3600;")
modparam("htable","htable","passed=>size=8;autoexpire=3600;")`;
}

/**
 * Where the phones are. One process of its own writes that down, a second late at most: a restart finds them again. Only
 * SQLite's file is whole after a kill at any moment; db_text would write its table at the end.
 */
function ofRegistrar(folder: string | undefined): string {
  const kept = folder
    ? `modparam("usrloc","db_mode",2)
modparam("usrloc","db_url","sqlite:///${folder}/registered/phones.sqlite")
modparam("usrloc","version_table",0)
modparam("usrloc","timer_procs",1)
modparam("usrloc","timer_interval",1)
`
    : '';
  return `${kept}# Of which phones Visavis was told that they are there.
modparam("htable","htable","there=>size=8;")
modparam("registrar","max_expires",3600)
modparam("registrar","min_expires",60)
modparam("registrar","max_contacts",4)`;
}
