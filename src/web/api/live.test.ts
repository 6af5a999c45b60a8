import { afterEach, beforeAll, expect, test } from 'vitest';
import { bearer, testApp } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld } from '../../../test/world.ts';
import { mayHear } from './live.ts';

const db = testDatabase();
let customerId: string;
const open: AbortController[] = [];

beforeAll(async () => {
  const world = await buildWorld(db);
  customerId = (await addTestCustomer(db, world)).id;
});
afterEach(() => {
  for (const each of open.splice(0)) each.abort();
});

interface Heard {
  event: string;
  id: string;
  data: string;
}

/** Opens the stream and reads it event by event. */
async function listen(headers: Record<string, string>) {
  const stop = new AbortController();
  open.push(stop);
  const response = await testApp(db).request('/api/v1/events', { headers, signal: stop.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (): Promise<Heard> => {
    while (!text.includes('\n\n')) {
      const part = await reader?.read();
      if (!part || part.done) throw new Error('the stream ended');
      text += part.value;
    }
    const [block = '', ...rest] = text.split('\n\n');
    text = rest.join('\n\n');
    const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1] ?? '';
    // A beat only says that the line is open.
    if (field('event') === 'beat') return next();
    return { event: field('event'), id: field('id'), data: field('data') };
  };
  return { response, next };
}

const happen = (type: string) => db.transact((tx) => tx.record({ type, customerId, facts: { n: 1 } }));

test('says where the log stands, then each change with its place, as it commits', async () => {
  const { response, next } = await listen(await bearer(db, 'advisor'));
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const hello = await next();
  expect(hello.event).toBe('hello');
  await happen('one.thing');
  const change = await next();
  expect(change).toMatchObject({ event: 'change', id: expect.stringMatching(/^\d+\.\d+$/) });
  expect(change.id).not.toBe(hello.id);
  expect(JSON.parse(change.data)).toMatchObject({ type: 'one.thing', customerId, facts: { n: 1 } });
});

test('whoever comes back with the last id hears what was missed, in order, once, and nothing earlier', async () => {
  const first = await listen(await bearer(db, 'advisor'));
  const { id } = await first.next();
  await happen('missed.one');
  await happen('missed.two');
  // What happened is told once no older transaction of the server is open, also one of another test.
  await expect.poll(async () => (await db.events.since(id ?? '', 10)).length, { timeout: 20_000 }).toBe(2);
  const again = await listen({ ...(await bearer(db, 'advisor')), 'Last-Event-ID': id });
  const heard = [await again.next(), await again.next(), await again.next()];
  expect(heard.map((each) => each.event)).toEqual(['change', 'change', 'hello']);
  expect(heard.slice(0, 2).map((each) => JSON.parse(each.data).type)).toEqual(['missed.one', 'missed.two']);
  expect(heard[2]?.id).toBe(heard[1]?.id);
  await happen('after.that');
  expect(JSON.parse((await again.next()).data).type).toBe('after.that');
});

test('a moderator hears nothing about customers, and still what concerns nobody in particular', async () => {
  const { next } = await listen(await bearer(db, 'moderator'));
  await next();
  await happen('about.a.customer');
  await db.transact((tx) => tx.record({ type: 'about.nobody' }));
  expect(JSON.parse((await next()).data).type).toBe('about.nobody');
});

test('nobody hears anything without being of the staff', async () => {
  const answer = await testApp(db).request('/api/v1/events');
  expect(answer.status).toBe(404);
  expect(mayHear({ kind: 'customer', customerId: 'x' }, { customerId: 'x' })).toBe(false);
  expect(mayHear({ kind: 'public' }, { customerId: null })).toBe(false);
});
