import { checkServers, erlangB } from './erlang-b.ts';

/**
 * Share of calls that wait when nobody gives up: C = B ÷ (1 − ρ(1 − B)), ρ = load ÷ servers. `load` in erlangs.
 * 1 when the load is as large as the servers: the queue then grows without end. Throws RangeError as `erlangB` does.
 */
export function erlangC(servers: number, load: number): number {
  checkServers(servers, load);
  if (load >= servers) return load === 0 ? 0 : 1;
  const blocked = erlangB(servers, load);
  return blocked / (1 - (load / servers) * (1 - blocked));
}

/** Mean wait of all calls when nobody gives up, in the unit of `handle`; Infinity when the queue grows without end. */
export function meanWaitErlangC(servers: number, load: number, handle: number): number {
  if (load === 0) return 0;
  return load >= servers ? Number.POSITIVE_INFINITY : (erlangC(servers, load) * handle) / (servers - load);
}
