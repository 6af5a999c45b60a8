import { chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MAIL_USER } from './dovecot.ts';
import { freePort, idsOf, serverFolder, startProgram, stopProgram } from './private-server.ts';

/** A private exim on the loopback: hands the operator's mail to Visavis and everybody else's to Maildirs. */
export interface Exim {
  port: number;
  url: string;
  /** What it wrote about its work, to look at when a test fails. */
  log(): string;
  stop(): Promise<void>;
}

export interface EximRoutes {
  /** Mail for this domain, and below it, goes by SMTP to this port. */
  operator: { domain: string; port: number };
  /** These people, at any other domain, have a Maildir here: `<folder>/<local part>/Maildir`. Nobody else exists. */
  mailFolder: string;
  people: readonly string[];
}

export async function startExim(routes: EximRoutes): Promise<Exim> {
  const folder = serverFolder('exim');
  const port = await freePort();
  const { uid, gid } = idsOf(MAIL_USER);
  for (const part of ['spool', 'log']) {
    mkdirSync(join(folder, part));
    chownSync(join(folder, part), uid, gid);
  }
  const config = join(folder, 'exim.conf');
  writeFileSync(join(folder, 'people'), routes.people.map((name) => `${name}: ${name}\n`).join(''));
  writeFileSync(config, configuration(folder, routes));
  const program = await startProgram(
    '/usr/sbin/exim4',
    ['-bdf', '-q1s', '-oX', `127.0.0.1.${port}`, '-oP', join(folder, 'exim.pid'), '-C', config],
    port,
  );
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    log: () => readFileSync(join(folder, 'log', 'main'), 'utf8'),
    stop: () => stopProgram(program, folder),
  };
}

function configuration(folder: string, { operator, mailFolder }: EximRoutes): string {
  return `
primary_hostname = relay.example.net
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%s
exim_user = ${MAIL_USER}
exim_group = ${MAIL_USER}
deliver_drop_privilege = true
never_users =
host_lookup =
rfc1413_query_timeout = 0s
dns_ipv4_lookup = !*
disable_ipv6 = true
keep_environment =
tls_advertise_hosts =
accept_8bitmime = true
message_size_limit = 100M
smtp_accept_max = 100
queue_only_load = 1000
deliver_queue_load_max = 1000
acl_smtp_rcpt = accept_all
acl_smtp_data = accept_all
qualify_domain = example.net
begin acl
accept_all:
  accept
begin routers
operator:
  driver = manualroute
  domains = ${operator.domain} : *.${operator.domain}
  route_list = * 127.0.0.1 byname
  self = send
  transport = to_visavis
people:
  driver = accept
  local_parts = lsearch;${folder}/people
  transport = maildir
begin transports
to_visavis:
  driver = smtp
  port = ${operator.port}
  allow_localhost = true
  hosts_try_fastopen =
maildir:
  driver = appendfile
  directory = ${mailFolder}/$local_part_data/Maildir
  maildir_format = true
  create_directory = true
  user = ${MAIL_USER}
  group = ${MAIL_USER}
  return_path_add = true
begin retry
* * F,1h,1s
`;
}
