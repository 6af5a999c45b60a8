import { createSocket } from 'node:dgram';
import { readSipRequest, type SipRequest, sipResponse } from '../../src/core/telephony/sip-request.ts';

/** Phones that ring until the caller hangs up, all on one port of loopback. */
export async function ringingPhones(port: number): Promise<{ stop(): void }> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4_000_000 });
  const rung = new Map<string, SipRequest>();
  socket.on('message', (bytes, from) => {
    const request = readSipRequest(bytes.toString('latin1'));
    if (!request || request.method === 'ACK') return;
    const say = (message: string) => socket.send(message, from.port, from.address);
    if (request.method === 'INVITE') {
      rung.set(request.transaction, request);
      return say(sipResponse(request, '180 Ringing', { tag: 'phone' }));
    }
    say(sipResponse(request, '200 OK', { tag: 'phone' }));
    const invite = rung.get(request.transaction);
    if (invite) say(sipResponse(invite, '487 Request Terminated', { tag: 'phone' }));
    rung.delete(request.transaction);
  });
  await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', resolve));
  return { stop: () => socket.close() };
}
