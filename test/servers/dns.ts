import type { DNSResolver } from 'mailauth';

/** A name server that knows nobody: tests ask nothing of the network. */
export const noDns: DNSResolver = () => Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }));
