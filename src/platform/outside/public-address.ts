import ipaddr from 'ipaddr.js';

/** Whether a connection to this address and port may be opened. Tests hand in their own. */
export type MayConnect = (address: string, port: number) => boolean;

/**
 * Only what anyone on the internet could reach: not our own network, not this machine, not the addresses clouds keep
 * their secrets at, nor any of these hidden in an IPv6 form (mapped, NAT64, 6to4).
 */
export const isPublicAddress: MayConnect = (address, port) => {
  if (port !== 80 && port !== 443) return false;
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === 'unicast';
};
