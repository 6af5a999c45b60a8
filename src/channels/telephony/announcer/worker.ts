import { createSocket, type RemoteInfo } from 'node:dgram';
import { parentPort, workerData } from 'node:worker_threads';
import { readSipRequest, type SipRequest, sipResponse } from '../../../core/telephony/sip-request.ts';
import { type Announcement, answerInvite, type Desk } from './announcement.ts';
import { sendDue } from './pace.ts';

// A thread of its own: whatever else Visavis does, a packet leaves every 20 ms.
const { port, mediaAddress, folder } = workerData as { port: number; mediaAddress: string; folder: string };
const sip = createSocket('udp4');
const live = new Set<Announcement>();
const byTransaction = new Map<string, Announcement>();
/** An answer is repeated to whoever repeats the question, for as long as SIP may repeat it. */
const KEEP_MS = 32_000;
const TICK_MS = 5;

const desk: Desk = {
  mediaAddress,
  folder,
  send: (message, to) => sip.send(message, to.port, to.address),
  begin: (announcement) => {
    live.add(announcement);
  },
};

sip.on('message', (datagram, from) => {
  const request = readSipRequest(datagram.toString('latin1'));
  if (request) take(request, from);
});
sip.bind(port, '127.0.0.1', () => parentPort?.postMessage({ port: sip.address().port }));
setInterval(() => sendDue(live, performance.now()), TICK_MS);

function take(request: SipRequest, from: RemoteInfo): void {
  const known = byTransaction.get(request.transaction);
  const { method } = request;
  if (method === 'INVITE' && known) known.repeat();
  else if (method === 'INVITE') {
    byTransaction.set(request.transaction, answerInvite(desk, request, from));
    setTimeout(() => byTransaction.delete(request.transaction), KEEP_MS * 2);
  } else if (method === 'ACK') known?.acknowledged();
  else if (method === 'CANCEL') {
    desk.send(sipResponse(request, known ? '200 OK' : '481 Call/Transaction Does Not Exist', {}), from);
    known?.cancel();
  } else desk.send(sipResponse(request, method === 'OPTIONS' ? '200 OK' : '405 Method Not Allowed', {}), from);
}
