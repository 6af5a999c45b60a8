import type { DNSResolver } from 'mailauth';

/** A name server that knows these texts and nobody else: tests ask nothing of the network. */
export function dnsOf(records: Record<string, string> = {}): DNSResolver {
  return async (name, type) => {
    const record = records[name];
    if (record && type === 'TXT') return [[record]];
    throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
  };
}

export const noDns = dnsOf();
