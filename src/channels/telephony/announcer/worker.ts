import { createSocket, type RemoteInfo } from 'node:dgram';
import { mkdirSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { readSipRequest, type SipRequest, sipResponse } from '../../../core/telephony/sip-request.ts';
import { comeFirst } from '../../../platform/come-first.ts';
import { type Announcement, answerInvite, type Desk } from './announcement.ts';
import { sendDue } from './pace.ts';
import { answerWithVoicemail, type Voicemail } from './voicemail.ts';

// A thread of its own: whatever else Visavis does, a packet leaves every 20 ms.
comeFirst();
const { port, mediaAddress, folder, recordings } = workerData as {
  port: number;
  mediaAddress: string;
  folder: string;
  recordings: string;
};
mkdirSync(recordings, { recursive: true, mode: 0o700 });
const sip = createSocket('udp4');
const live = new Set<Announcement>();
const byTransaction = new Map<string, Announcement>();
/** Answered calls, by Call-ID. */
const answered = new Map<string, Voicemail>();
/** An answer is repeated to whoever repeats the question, for as long as SIP may repeat it. */
const KEEP_MS = 32_000;
const TICK_MS = 5;

const desk: Desk = {
  mediaAddress,
  folder,
  recordings,
  port: () => sip.address().port,
  send: (message, to) => sip.send(message, to.port, to.address),
  begin: (announcement) => {
    live.add(announcement);
  },
};

sip.on('message', (datagram, from) => {
  const text = datagram.toString('latin1');
  const request = readSipRequest(text);
  if (request) take(request, from);
  else answered.get(/^(?:Call-ID|i)\s*:\s*(\S+)/im.exec(text)?.[1] ?? '')?.toldOver();
});
// Somebody is free for whoever waits: the sentence ends, and Kamailio asks who it is.
parentPort?.on('message', ({ putThrough }: { putThrough: string }) => {
  for (const announcement of byTransaction.values()) if (announcement.waits === putThrough) announcement.finish();
});
sip.bind(port, '127.0.0.1', () => parentPort?.postMessage({ port: sip.address().port }));
setInterval(() => sendDue(live, performance.now()), TICK_MS);

function take(request: SipRequest, from: RemoteInfo): void {
  const known = byTransaction.get(request.transaction);
  const { method } = request;
  const callId = request.headers.get('call-id')?.[0] ?? '';
  const voicemail = answered.get(callId);
  if (method === 'INVITE' && known) known.repeat();
  else if (method === 'INVITE') {
    byTransaction.set(request.transaction, begin(request, from, callId));
    setTimeout(() => byTransaction.delete(request.transaction), KEEP_MS * 2);
  } else if (method === 'ACK') (known ?? voicemail)?.acknowledged();
  else if (method === 'BYE') {
    desk.send(sipResponse(request, voicemail ? '200 OK' : '481 Call/Transaction Does Not Exist', {}), from);
    voicemail?.hungUp();
  } else if (method === 'CANCEL') {
    desk.send(sipResponse(request, known ? '200 OK' : '481 Call/Transaction Does Not Exist', {}), from);
    known?.cancel();
  } else desk.send(sipResponse(request, method === 'OPTIONS' ? '200 OK' : '405 Method Not Allowed', {}), from);
}

function begin(request: SipRequest, from: RemoteInfo, callId: string): Announcement {
  const name = request.headers.get('x-voicemail')?.[0];
  if (!name) return answerInvite(desk, request, from);
  const voicemail = answerWithVoicemail(desk, request, from, {
    name,
    over: () => {
      live.delete(voicemail);
      parentPort?.postMessage({ recorded: name });
      setTimeout(() => answered.get(callId) === voicemail && answered.delete(callId), KEEP_MS);
    },
  });
  answered.set(callId, voicemail);
  return voicemail;
}
