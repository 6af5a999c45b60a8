import { setTimeout as sleep } from 'node:timers/promises';
import { type Asker, bearer, type Client } from './http.ts';
import { postMessage } from './intake.ts';
import { type Measured, summary } from './measure.ts';

/** From the moment a message is sent to the moment every open screen has heard of it. */
export async function liveUpdates(
  url: string,
  token: string,
  client: Client,
  customers: number,
  count: number,
): Promise<Measured> {
  const heard = new Map<string, number>();
  const stop = await listen(url, token, (caseFileId) =>
    heard.set(caseFileId, heard.get(caseFileId) ?? performance.now()),
  );
  const times: number[] = [];
  let failed = 0;
  const started = performance.now();
  for (let each = 0; each < count; each++) {
    const sent = performance.now();
    const { body } = await postMessage(client, 1 + Math.floor(Math.random() * customers));
    const { caseFileId } = JSON.parse(body) as { caseFileId: string };
    for (let waited = 0; !heard.has(caseFileId) && waited < 2_000; waited += 2) await sleep(2);
    const at = heard.get(caseFileId);
    if (at === undefined) failed += 1;
    else times.push(at - sent);
    await sleep(20);
  }
  stop();
  return summary(times, (performance.now() - started) / 1000, failed);
}

/** Opens the stream of events; calls back with the case file of each one that was received. Returns the way to stop. */
export async function listen(url: string, token: string, hear: (caseFileId: string) => void): Promise<() => void> {
  return hearEvents(url, bearer(token), ({ type, caseFileId }) => {
    if (type === 'interaction.received' && caseFileId) hear(caseFileId);
  });
}

export interface HeardEvent {
  type?: string;
  caseFileId?: string;
  customerId?: string;
}

/** The same for every event. */
export async function hearEvents(url: string, asker: Asker, hear: (event: HeardEvent) => void): Promise<() => void> {
  const abort = new AbortController();
  const response = await fetch(`${url}/api/v1/events`, {
    headers: asker,
    signal: abort.signal,
  });
  if (!response.body) throw new Error('the stream of events did not open');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = (await reader.read()).value ?? '';
  const read = async () => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      held += value;
      const blocks = held.split('\n\n');
      held = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data?.startsWith('{"')) hear(JSON.parse(data) as HeardEvent);
      }
    }
  };
  read().catch(() => undefined);
  return () => abort.abort();
}
