import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import smpp, { type Pdu, type Session } from 'smpp';

/** How the SMSC takes one submit: it may also cut the line before or after it has taken it. */
export type Manner = 'accept' | 'throttle' | 'refuse' | 'cut' | 'takeAndCut' | 'receiptFirst';

export interface Submitted {
  id: string;
  from: string;
  to: string;
  text: string;
  coding: number;
  /** Group, parts, part. */
  group: number[] | null;
}

/** An operator's SMS centre: the server half of the smpp library, on the loopback. */
export interface Smsc {
  url: string;
  port: number;
  /** What it took, in order. */
  taken: Submitted[];
  /** Asked for each submit, with how many came before. */
  manner: (count: number) => Manner;
  /** Delivers to the one who is bound; resolves with the status of the answer, or undefined when the line broke. */
  deliver(options: Record<string, unknown>): Promise<number | undefined>;
  receipt(id: string, stat: string): Promise<number | undefined>;
  bound(): Promise<void>;
  cut(): void;
  stop(): Promise<void>;
}

export async function startSmsc(port = 0): Promise<Smsc> {
  let count = 0;
  const sessions = new Set<Session>();
  const server: Server = smpp.createServer((session) => {
    session.on('error', () => undefined);
    session.on('close', () => sessions.delete(session));
    session.on('bind_transceiver', (pdu: Pdu) => {
      const known = pdu.system_id === 'visavis' && pdu.password === 'let me';
      session.send(pdu.response(known ? {} : { command_status: smpp.errors.ESME_RBINDFAIL }));
      if (known) sessions.add(session);
    });
    session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
    session.on('submit_sm', (pdu: Pdu) => void submitted(session, pdu));
  });
  const submitted = async (session: Session, pdu: Pdu) => {
    const manner = smsc.manner(count++);
    if (manner === 'cut') return session.destroy();
    if (manner === 'throttle') return session.send(pdu.response({ command_status: smpp.errors.ESME_RTHROTTLED }));
    if (manner === 'refuse') return session.send(pdu.response({ command_status: smpp.errors.ESME_RINVDSTADR }));
    const id = `m${count}-${port}`;
    smsc.taken.push({ id, ...readSubmit(pdu) });
    if (manner === 'takeAndCut') return session.destroy();
    if (manner === 'receiptFirst') await smsc.receipt(id, 'DELIVRD');
    return session.send(pdu.response({ message_id: id }));
  };
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: opened } = server.address() as AddressInfo;
  const first = () => [...sessions][0];
  const smsc: Smsc = {
    url: `smpp://visavis:let%20me@127.0.0.1:${opened}`,
    port: opened,
    taken: [],
    manner: () => 'accept',
    deliver: (options) =>
      new Promise((resolve) => {
        const session = first();
        if (!session) return resolve(undefined);
        const closed = () => resolve(undefined);
        session.once('close', closed);
        session.deliver_sm({ destination_addr: '36180', ...options }, (pdu) => {
          session.off('close', closed);
          resolve(pdu.command_status);
        });
      }),
    receipt: (id, stat) =>
      smsc.deliver({
        esm_class: 4,
        short_message: `id:${id} sub:001 dlvrd:001 submit date:2611230900 done date:2611230901 stat:${stat} err:000 text:`,
      }),
    bound: async () => {
      while (!first()) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    cut: () => {
      for (const session of sessions) session.destroy();
    },
    stop: async () => {
      smsc.cut();
      server.close();
      await once(server, 'close');
    },
  };
  return smsc;
}

function readSubmit(pdu: Pdu): Omit<Submitted, 'id'> {
  const { message = '', udh = [] } = pdu.short_message ?? {};
  return {
    from: pdu.source_addr ?? '',
    to: pdu.destination_addr ?? '',
    text: String(message),
    coding: pdu.data_coding ?? 0,
    group: udh[0] ? [...udh[0].subarray(2)] : null,
  };
}
