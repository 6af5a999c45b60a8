import { createSocket, type Socket } from 'node:dgram';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSipRequest, type SipRequest, sipResponse } from '../../../src/core/telephony/sip-request.ts';
import { suiteNeeding } from '../../servers/needs.ts';
import { freePort } from '../../servers/product.ts';
import { call, type Outcome } from './caller.ts';

/** How the other side answers an INVITE, and a CANCEL of it; left out, not at all. */
interface Manner {
  invite?: Answer;
  /** The first copy of the INVITE is lost. */
  lost?: true;
  /** Comes in the same moment as the 200 of the CANCEL. */
  cancel?: Answer;
}
type Answer = '200 OK' | '486 Busy Here' | '487 Request Terminated';

suiteNeeding(['sipp'], 'a caller of the soak', () => {
  let socket: Socket;
  let manner: Manner;
  let contact: string;

  beforeEach(async () => {
    socket = createSocket('udp4');
    const invites: SipRequest[] = [];
    socket.on('message', (bytes, { port }) => {
      const request = readSipRequest(bytes.toString('latin1'));
      const say = (to: SipRequest, status: string) =>
        socket.send(sipResponse(to, status, { tag: 'other', extra: [`Contact: <${contact}>`] }), port, '127.0.0.1');
      if (request?.method === 'INVITE') {
        invites.push(request);
        if (manner.lost && invites.length === 1) return;
        say(request, '100 Trying');
        if (manner.invite) say(request, manner.invite);
      } else if (request && request.method !== 'ACK') say(request, '200 OK');
      const [invite] = invites;
      if (request?.method === 'CANCEL' && invite && manner.cancel) say(invite, manner.cancel);
    });
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  });
  afterEach(() => socket.close());

  const PHONE = 'sip:phone@127.0.0.1';
  const MACHINE = 'sip:voicemail@127.0.0.1';
  const known = { from: '+33639980001', onFile: true, talkMs: 100 };

  test.each<[Outcome, string, string, number | null, Manner]>([
    ['answered', 'a phone answers', PHONE, null, { invite: '200 OK' }],
    ['voicemail', 'a machine answers', MACHINE, null, { invite: '200 OK' }],
    ['refused', 'the phone is busy', PHONE, null, { invite: '486 Busy Here' }],
    [
      'hung up',
      'they hang up, and the end comes with the word that it was asked for',
      PHONE,
      300,
      { cancel: '487 Request Terminated' },
    ],
    [
      'hung up',
      'their patience ends before the INVITE is heard, whose first copy was lost',
      PHONE,
      300,
      { lost: true, cancel: '487 Request Terminated' },
    ],
    ['answered', 'they hang up in the moment somebody answers', PHONE, 300, { cancel: '200 OK' }],
    ['voicemail', 'they hang up in the moment a machine answers', MACHINE, 300, { cancel: '200 OK' }],
  ])('%s: %s', async (outcome, _, at, patienceMs, how) => {
    [contact, manner] = [at, how];
    const wanted = { ...known, callId: `caller-${outcome}`, patienceMs };
    expect(await call(socket.address().port, await ownPorts(), wanted, () => false)).toBe(outcome);
  });

  test('silence: nobody ever says more than that they try, and they give up', async () => {
    [contact, manner] = [PHONE, {}];
    let asked = 0;
    const wanted = { ...known, callId: 'caller-silence', patienceMs: null };
    const givesUp = () => {
      asked += 1;
      return asked > 1;
    };
    expect(await call(socket.address().port, await ownPorts(), wanted, givesUp)).toBe('silence');
    expect(asked).toBeGreaterThan(1);
  });

  test('who has no port to call from is no caller in silence', async () => {
    const ports = await ownPorts();
    const wanted = { ...known, callId: 'caller-no-port', patienceMs: null };
    const noCall = call(socket.address().port, { ...ports, sip: socket.address().port }, wanted, () => false);
    await expect(noCall).rejects.toThrow('a caller could not call');
  });
});

const ownPorts = async () => ({ sip: await freePort(), media: await freePort(), control: await freePort() });
