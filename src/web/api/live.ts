import { z } from '@hono/zod-openapi';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import type { Actor } from '../../desk/actor.ts';
import { can } from '../../desk/permissions.ts';
import type { LiveEvent } from '../../platform/events/live.ts';
import { get, type Route, type WebContext } from '../route.ts';
import { identify } from '../session/identify.ts';
import { answers, id, instant } from './shapes.ts';

const BEAT_MS = 15_000;
const PAGE = 500;
/** Whoever missed more than this reads everything anew instead. */
const CATCH_UP_MOST = 2_000;

const Change = z
  .object({
    type: z.string(),
    at: instant,
    customerId: id.nullable(),
    advisorId: id.nullable(),
    caseFileId: id.nullable(),
    facts: z.record(z.string(), z.unknown()),
  })
  .openapi('Change');

export const liveRoutes: Route[] = [
  get('/api/v1/events', 'staff', streamEvents, {
    openapi: {
      summary: 'Every change as it commits, as server-sent events; ids and facts, never names or text',
      description:
        'Begins with `hello`, whose id is the place to go on from. Then each change is a `change`, and there is a `beat` every 15 seconds. `reset` says that too much was missed: read everything again.',
      tags: ['events'],
      request: {
        headers: z.object({
          'last-event-id': z.string().optional().openapi({ description: 'The id of the last event that was heard' }),
        }),
        query: z.object({
          since: z.string().optional().openapi({ description: 'The same, for clients that cannot set headers' }),
        }),
      },
      responses: {
        200: {
          description: 'A stream without an end. `data` of each `change` is this object as JSON; `id` is its place.',
          content: { 'text/event-stream': { schema: Change } },
        },
        404: answers(200, '', Change)[404],
      },
    },
  }),
];

/** What of the event log an actor may hear: what concerns a customer only with the right to read customers. */
export function mayHear(actor: Actor, event: Pick<LiveEvent, 'customerId'>): boolean {
  return event.customerId === null
    ? actor.kind === 'staff' || actor.kind === 'integration'
    : can(actor, 'read customers');
}

/**
 * Server-sent events: `hello` with the place to go on from, then everything missed since `Last-Event-ID`, then each change
 * as it commits, and a `beat` every 15 seconds. `reset` says: too much was missed, read everything again.
 */
async function streamEvents(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  const from = c.req.header('Last-Event-ID') ?? c.req.query('since');
  // Proxies must not gather events before passing them on.
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (stream) => {
    const waiting: LiveEvent[] = [];
    let wake = () => {};
    const unsubscribe = house.events.subscribe((event) => {
      waiting.push(event);
      wake();
    });
    stream.onAbort(() => {
      unsubscribe();
      wake();
    });
    const beat = setInterval(async () => {
      // A session that has ended hears nothing more.
      if (sameActor(actor, (await identify(c)).actor)) await stream.writeSSE({ event: 'beat', data: '' });
      else stream.abort();
    }, BEAT_MS);
    try {
      let place = from ? await catchUp(c, stream, from) : await house.events.newest();
      await stream.writeSSE({ event: 'hello', id: place, data: '{}' });
      while (!stream.aborted) {
        for (const event of waiting.splice(0)) {
          if (!isAfter(event.id, place)) continue;
          place = event.id;
          if (mayHear(actor, event)) await send(stream, event);
        }
        if (waiting.length === 0 && !stream.aborted)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      clearInterval(beat);
      unsubscribe();
    }
  });
}

/** Sends what was missed and returns the place reached. */
async function catchUp(c: WebContext, stream: SSEStreamingApi, from: string): Promise<string> {
  const { events } = c.var.house;
  let place = from;
  for (let sent = 0; sent < CATCH_UP_MOST; sent += PAGE) {
    const missed = await events.since(place, PAGE);
    for (const event of missed) {
      place = event.id;
      if (mayHear(c.var.actor, event)) await send(stream, event);
    }
    if (missed.length < PAGE) return place;
  }
  place = await events.newest();
  await stream.writeSSE({ event: 'reset', id: place, data: '{}' });
  return place;
}

function send(stream: SSEStreamingApi, { id, ...event }: LiveEvent): Promise<void> {
  return stream.writeSSE({ event: 'change', id, data: JSON.stringify(event) });
}

/** Places are "transaction.sequence"; both are numbers. */
function isAfter(a: string, b: string): boolean {
  const [transactionA = '0', sequenceA = '0'] = a.split('.');
  const [transactionB = '0', sequenceB = '0'] = b.split('.');
  const difference = BigInt(transactionA) - BigInt(transactionB);
  return difference > 0n || (difference === 0n && BigInt(sequenceA) > BigInt(sequenceB));
}

function sameActor(before: Actor, now: Actor): boolean {
  if (before.kind === 'staff')
    return now.kind === 'staff' && now.staffId === before.staffId && now.role === before.role;
  return before.kind === now.kind;
}
