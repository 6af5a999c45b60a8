import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { networkOf } from './network.ts';

async function seen(remoteAddress: string, forwarded?: string, proxies: string[] = []): Promise<string> {
  const app = new Hono().get('/', (c) => c.text(networkOf(c, proxies)));
  const headers: Record<string, string> = forwarded ? { 'X-Forwarded-For': forwarded } : {};
  const answer = await app.request('/', { headers }, { incoming: { socket: { remoteAddress } } });
  return answer.text();
}

test('an IPv4 address is its own network, however the socket writes it', async () => {
  expect(await seen('198.51.100.7')).toBe('198.51.100.7');
  expect(await seen('::ffff:198.51.100.7')).toBe('198.51.100.7');
});

test('all addresses of one IPv6 /64 are one network', async () => {
  const networks = await Promise.all(
    ['2001:db8:1:2::1', '2001:0db8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2:a::198.51.100.7'].map((address) =>
      seen(address),
    ),
  );
  expect(new Set(networks)).toEqual(new Set(['2001:db8:1:2::/64']));
  expect(await seen('2001:db8:1:3::1')).toBe('2001:db8:1:3::/64');
  expect(await seen('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
});

test('a forwarded address is not believed from just anyone', async () => {
  expect(await seen('198.51.100.7', '203.0.113.1')).toBe('198.51.100.7');
});

test('behind a named proxy the last address it did not write itself counts, not what the client made up', async () => {
  const proxies = ['10.0.0.0/8', '::1'];
  expect(await seen('10.1.2.3', '203.0.113.1', proxies)).toBe('203.0.113.1');
  expect(await seen('10.1.2.3', '192.0.2.66, 203.0.113.1, 10.9.9.9', proxies)).toBe('203.0.113.1');
  expect(await seen('::1', 'nonsense', proxies)).toBe('0:0:0:0::/64');
});
