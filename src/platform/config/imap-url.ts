import type { ImapFlowOptions } from 'imapflow';

export interface ImapAccount {
  /** Names the mailbox in our records, without the password. */
  name: string;
  folder: string;
  connection: Pick<ImapFlowOptions, 'host' | 'port' | 'secure' | 'auth'>;
}

/** Reads `imap[s]://user:password@host:port/folder`; the folder is INBOX unless said. */
export function readImapUrl(text: string): ImapAccount {
  const url = new URL(text);
  const secure = url.protocol === 'imaps:';
  const user = decodeURIComponent(url.username);
  const folder = decodeURIComponent(url.pathname.replace(/^\//, '')) || 'INBOX';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (secure ? 993 : 143);
  return {
    name: `${user}@${host}:${port}/${folder}`,
    folder,
    connection: { host, port, secure, auth: { user, pass: decodeURIComponent(url.password) } },
  };
}
