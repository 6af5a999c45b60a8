import { chownSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, idsOf, serverFolder, startProgram, stopProgram } from './private-server.ts';

/** A private dovecot on the loopback; any user name has a mailbox, the password is "secret". */
export interface Dovecot {
  folder: string;
  port: number;
  /** `imap://…` of a user's folder. */
  url(user: string, folder?: string): string;
  /** The Maildir of a user, where mail servers may deliver. */
  maildir(user: string): string;
  mailFolder: string;
  /** Puts a message into the mailbox, as a delivery would. */
  put(user: string, raw: Buffer): void;
  /** Every message of the mailbox. */
  messages(user: string): Buffer[];
  /** Gives the mailbox a new UIDVALIDITY and new UIDs, and forgets every flag. */
  renew(user: string): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The user that owns the mail; exim delivers as the same. */
export const MAIL_USER = 'Debian-exim';

export async function startDovecot(): Promise<Dovecot> {
  const folder = serverFolder('dovecot');
  const port = await freePort();
  const { uid, gid } = idsOf(MAIL_USER);
  const own = (path: string) => {
    mkdirSync(path, { recursive: true });
    chownSync(path, uid, gid);
  };
  own(join(folder, 'mail'));
  mkdirSync(join(folder, 'run'));
  writeFileSync(join(folder, 'dovecot.conf'), configuration(folder, port, uid, gid));
  const launch = () => startProgram('/usr/sbin/dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], port);
  let program = await launch();
  let delivered = 0;
  const maildir = (user: string) => join(folder, 'mail', user, 'Maildir');
  const restart = async (between: () => void = () => undefined) => {
    await stopProgram(program);
    between();
    program = await launch();
  };
  return {
    folder,
    mailFolder: join(folder, 'mail'),
    port,
    maildir,
    url: (user, name = '') => `imap://${user}:secret@127.0.0.1:${port}/${name}`,
    put: (user, raw) => {
      for (const part of ['', 'cur', 'new', 'tmp']) own(join(maildir(user), part));
      chownSync(join(folder, 'mail', user), uid, gid);
      delivered += 1;
      const path = join(maildir(user), 'new', `${String(delivered).padStart(6, '0')}.test`);
      writeFileSync(path, raw);
      chownSync(path, uid, gid);
    },
    messages: (user) =>
      ['new', 'cur'].flatMap((part) => filesIn(join(maildir(user), part)).map((file) => readFileSync(file))),
    renew: (user) =>
      restart(() => {
        for (const file of filesIn(maildir(user))) if (/dovecot|keywords/.test(file)) rmSync(file);
        for (const file of filesIn(join(maildir(user), 'cur'))) {
          const plain = join(maildir(user), 'new', `again-${file.split('/').pop()?.split(':')[0]}`);
          cpSync(file, plain);
          chownSync(plain, uid, gid);
          rmSync(file);
        }
      }),
    restart: () => restart(),
    stop: () => stopProgram(program, folder),
  };
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(folder, entry.name))
      .sort();
  } catch {
    return [];
  }
}

function configuration(folder: string, port: number, uid: number, gid: number): string {
  return `
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/dovecot.log
instance_name = visavis-test-${port}
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:${folder}/mail/%u/Maildir
mail_uid = ${uid}
mail_gid = ${gid}
first_valid_uid = 1
first_valid_gid = 1
default_internal_user = dovecot
default_login_user = dovenull
mail_max_userip_connections = 100
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
namespace inbox {
  inbox = yes
}
`;
}
