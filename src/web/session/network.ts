import { BlockList, isIP, isIPv4 } from 'node:net';
import type { Context } from 'hono';

/**
 * The network a request comes from, to count attempts by: an IPv4 address, or the /64 of an IPv6 address (a household
 * has all of it). Forwarded addresses are believed only from the proxies that the configuration names.
 */
export function networkOf(c: Context, trustedProxies: readonly string[]): string {
  const trusted = trustList(trustedProxies);
  const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
  let address = plain(remoteAddress(c));
  while (isTrusted(trusted, address)) {
    const before = plain(forwarded.pop() ?? '');
    if (!isIP(before)) break;
    address = before;
  }
  return isIP(address) === 6 ? firstHalf(address) : address;
}

/**
 * Whether a program on this machine asks, and asks us directly: the connection comes from here, no proxy says that it
 * hands on somebody else's request, and the name asked for is this machine's own.
 */
export function isFromThisMachine(c: Context): boolean {
  const forwarded = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'].some((name) => c.req.header(name));
  const { hostname } = new URL(c.req.url);
  return !forwarded && isLoopback(hostname.replace(/^\[|\]$/g, '')) && isLoopback(plain(peerOf(c) ?? ''));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

function remoteAddress(c: Context): string {
  return peerOf(c) ?? '127.0.0.1';
}

function peerOf(c: Context): string | undefined {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  return incoming?.socket?.remoteAddress;
}

/** An IPv4 address that came through an IPv6 socket is written as IPv4; zones are dropped. */
function plain(address: string): string {
  const bare = address.replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  return mapped ?? bare;
}

function trustList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

function isTrusted(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

function firstHalf(address: string): string {
  // The URL parser writes every IPv6 address in one way, IPv4 tails included.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0');
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`;
}
