/**
 * Share of calls that find every server busy and are lost at once. `load` in erlangs (calls per minute × minutes each).
 * Erlang's recursion B(k) = a·B(k−1) ÷ (k + a·B(k−1)), exact for any distribution of handle times.
 * Throws RangeError on a load below zero or a number of servers that is no whole number of 0 or more.
 */
export function erlangB(servers: number, load: number): number {
  checkServers(servers, load);
  let blocked = 1;
  for (let count = 1; count <= servers; count += 1) blocked = (load * blocked) / (count + load * blocked);
  return blocked;
}

/** Throws RangeError on what no queue can have. */
export function checkServers(servers: number, load: number): void {
  if (!Number.isInteger(servers) || servers < 0) throw new RangeError(`servers must be 0 or more, not ${servers}`);
  if (!(load >= 0) || !Number.isFinite(load)) throw new RangeError(`load must be 0 or more erlangs, not ${load}`);
}
