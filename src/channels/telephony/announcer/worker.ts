import { createSocket, type RemoteInfo } from 'node:dgram';
import { parentPort, workerData } from 'node:worker_threads';
import { readSipRequest, type SipRequest, sipResponse } from '../../../core/telephony/sip-request.ts';
import { comeFirst } from '../../../platform/come-first.ts';
import { type Announcement, answerInvite, type Desk } from './announcement.ts';
import { sendDue } from './pace.ts';
import type { AtWork, FromAnnouncer, ToAnnouncer } from './port.ts';
import { answerWithVoicemail, type Voicemail } from './voicemail.ts';

// A thread of its own: whatever else Visavis does, a packet leaves every 20 ms.
comeFirst();
const { port, mediaAddress, folder, recordings, keptMs } = workerData as AtWork;
const tell = (said: FromAnnouncer) => parentPort?.postMessage(said);
const sip = createSocket('udp4');
const live = new Set<Announcement>();
/** From their INVITE until nobody can ask about them any more. */
const byTransaction = new Map<string, Announcement>();
/** Answered calls, by Call-ID. */
const answered = new Map<string, Voicemail>();
/** Kamailio, on this machine, confirms long before that those who were spoken to are spoken to no more. */
const LEAVE_MS = 500;
const TICK_MS = 5;
let isLeaving = false;

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
parentPort?.on('message', (told: ToAnnouncer) => {
  if ('putThrough' in told) putThrough(told.putThrough);
  else leave();
});
sip.bind(port, '127.0.0.1', () => tell({ port: sip.address().port }));
setInterval(() => sendDue(live, performance.now()), TICK_MS);

/** Somebody is free for whoever waits: the sentence ends, and Kamailio asks who it is. */
function putThrough(callId: string): void {
  for (const announcement of byTransaction.values()) if (announcement.waits === callId) announcement.finish();
}

/** Ends what everybody hears: who was not answered goes on, who talks to the voicemail is hung up on. Then the thread ends. */
function leave(): void {
  isLeaving = true;
  const all = [...new Set([...byTransaction.values(), ...answered.values()])];
  const ended = all.filter((announcement) => announcement.leave());
  setTimeout(() => process.exit(0), ended.length > 0 ? LEAVE_MS : 0);
}

function take(request: SipRequest, from: RemoteInfo): void {
  const known = byTransaction.get(request.transaction);
  const { method } = request;
  const callId = request.headers.get('call-id')?.[0] ?? '';
  const voicemail = answered.get(callId);
  if (method === 'INVITE' && known) known.repeat();
  else if (method === 'INVITE' && isLeaving)
    desk.send(sipResponse(request, '480 Announcer Ends', { tag: 'ends' }), from);
  else if (method === 'INVITE') {
    const over = () => void setTimeout(() => byTransaction.delete(request.transaction), keptMs);
    byTransaction.set(request.transaction, begin(request, from, callId, over));
  } else if (method === 'ACK') (known ?? voicemail)?.acknowledged();
  else if (method === 'BYE') {
    desk.send(sipResponse(request, voicemail ? '200 OK' : '481 Call/Transaction Does Not Exist', {}), from);
    voicemail?.hungUp();
  } else if (method === 'CANCEL') {
    desk.send(sipResponse(request, known ? '200 OK' : '481 Call/Transaction Does Not Exist', {}), from);
    known?.cancel();
  } else desk.send(sipResponse(request, method === 'OPTIONS' ? '200 OK' : '405 Method Not Allowed', {}), from);
}

function begin(request: SipRequest, from: RemoteInfo, callId: string, over: () => void): Announcement {
  const name = request.headers.get('x-voicemail')?.[0];
  if (!name) return answerInvite(desk, request, from, over);
  const voicemail = answerWithVoicemail(desk, request, from, {
    name,
    failed: (trouble) => tell({ trouble }),
    over: () => {
      over();
      live.delete(voicemail);
      tell({ recorded: name });
      setTimeout(() => answered.get(callId) === voicemail && answered.delete(callId), keptMs);
    },
  });
  answered.set(callId, voicemail);
  return voicemail;
}
