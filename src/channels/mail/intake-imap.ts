import { setTimeout as wait } from 'node:timers/promises';
import { ImapFlow, type MailboxObject } from 'imapflow';
import type { House } from '../../desk/house.ts';
import type { Tx } from '../../desk/tx.ts';
import { type ImapAccount, readImapUrl } from '../../platform/config/imap-url.ts';
import { failpoint } from '../../platform/failpoint.ts';
import { storeDelivery } from './deliveries.ts';
import { MAX_MAIL_MB } from './smtp-words.ts';

export interface ImapIntake {
  /** Looks at the mailbox now instead of at the next notice of the server. */
  look(): void;
  stop(): Promise<void>;
}

/** Marks what is stored, on servers that keep keywords, so that a message is recognised even when its UID changes. */
export const STORED_KEYWORD = '$VisavisStored';
const POLL_MS = 60_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const MAX_BYTES = MAX_MAIL_MB * 1024 * 1024;

/**
 * Follows one mailbox: on the server's notice, and every minute. A message is marked only after its raw bytes are
 * committed; one served twice is stored once; after a new UIDVALIDITY everything unmarked is looked at again, and what
 * was stored before is recognised by its content. Reconnects by itself, more and more slowly.
 */
export function startImapIntake(house: House, url: string): ImapIntake {
  const account = readImapUrl(url);
  const stopping = new AbortController();
  const state: { client?: ImapFlow; look: () => void } = { look: () => undefined };
  const done = follow(house, account, state, stopping.signal);
  return {
    look: () => state.look(),
    stop: async () => {
      stopping.abort();
      state.client?.close();
      state.look();
      await done;
    },
  };
}

async function follow(
  house: House,
  account: ImapAccount,
  state: { client?: ImapFlow; look: () => void },
  stopping: AbortSignal,
): Promise<void> {
  let pause = FIRST_PAUSE_MS;
  while (!stopping.aborted) {
    const client = new ImapFlow({ ...account.connection, logger: false, socketTimeout: 120_000, maxIdleTime: POLL_MS });
    // Without a listener an error of the connection would end the program; the loop below sees it too.
    client.on('error', () => undefined);
    state.client = client;
    try {
      await client.connect();
      await serve(house, account, client, state, stopping, () => {
        pause = FIRST_PAUSE_MS;
      });
    } catch (error) {
      if (stopping.aborted) break;
      house.log.warn({ mailbox: account.name, error: String(error) }, 'the mailbox will be tried again');
    } finally {
      client.close();
    }
    await wait(pause, undefined, { signal: stopping }).catch(() => undefined);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

/** Takes what is there, then waits for more, until the connection ends. */
async function serve(
  house: House,
  account: ImapAccount,
  client: ImapFlow,
  state: { look: () => void },
  stopping: AbortSignal,
  worked: () => void,
): Promise<void> {
  const ended = new Promise<'ended'>((resolve) => client.once('close', () => resolve('ended')));
  while (!stopping.aborted) {
    const notice = new Promise<'notice'>((resolve) => {
      state.look = () => resolve('notice');
      client.once('exists', () => resolve('notice'));
    });
    // Opened anew each time, so that a mailbox that was replaced meanwhile tells its new UIDVALIDITY.
    const mailbox = await client.mailboxOpen(account.folder);
    await takeAll(house, account, client, mailbox);
    worked();
    const timer = new AbortController();
    const poll = wait(POLL_MS, 'poll', { signal: timer.signal }).catch(() => 'poll');
    if (!stopping.aborted) void client.idle().catch(() => undefined);
    const woken = await Promise.race([notice, poll, ended]);
    timer.abort();
    if (woken === 'ended') return;
  }
}

async function takeAll(house: House, account: ImapAccount, client: ImapFlow, mailbox: MailboxObject): Promise<void> {
  const keeps = mailbox.permanentFlags?.has('\\*') ?? true;
  const uidValidity = Number(mailbox.uidValidity);
  const known = await house.db.selectFrom('mailbox').where('name', '=', account.name).selectAll().executeTakeFirst();
  const lastUid = known?.uidValidity === uidValidity ? known.lastUid : 0;
  const uids = await client.search(keeps ? { unKeyword: STORED_KEYWORD } : { uid: `${lastUid + 1}:*` }, { uid: true });
  for (const uid of (uids || []).toSorted((a, b) => a - b)) {
    if (!keeps && uid <= lastUid) continue;
    const message = await client.fetchOne(
      String(uid),
      { source: { maxLength: MAX_BYTES }, internalDate: true, size: true },
      { uid: true },
    );
    // Gone meanwhile: somebody moved or deleted it before it was ours.
    if (!message || message.source === undefined) continue;
    if ((message.size ?? 0) > MAX_BYTES)
      house.log.warn({ mailbox: account.name, uid }, 'a mail is larger than we take; its beginning is stored');
    const { source } = message;
    await house.transact(async (tx) => {
      const place = { mailbox: account.name, uidValidity, uid };
      await storeDelivery(tx, {
        source: 'imap',
        raw: source,
        place,
        receivedAt: arrival(message.internalDate, tx.now),
      });
      await remember(tx, place);
      failpoint('imap-before-commit');
    });
    failpoint('imap-after-commit');
    if (keeps) await client.messageFlagsAdd(String(uid), [STORED_KEYWORD, '\\Seen'], { uid: true });
    failpoint('imap-after-mark');
  }
}

/** When the mailbox got it; never later than now, whatever its server's clock says. */
function arrival(internalDate: Date | string | undefined, now: Date): Date {
  const at = internalDate === undefined ? now : new Date(internalDate);
  return Number.isNaN(at.getTime()) || at > now ? now : at;
}

async function remember(tx: Tx, { mailbox, uidValidity, uid }: { mailbox: string; uidValidity: number; uid: number }) {
  await tx.db
    .insertInto('mailbox')
    .values({ name: mailbox, uidValidity, lastUid: uid, seenAt: tx.now })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((eb) => ({
        lastUid: eb
          .case()
          .when('mailbox.uidValidity', '=', uidValidity)
          .then(eb.fn<number>('greatest', ['mailbox.lastUid', eb.val(uid)]))
          .else(uid)
          .end(),
        uidValidity,
        seenAt: tx.now,
      })),
    )
    .execute();
}
