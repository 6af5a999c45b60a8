import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { Caseload, Me } from '../../web/api/workspace/shapes.ts';
import { names } from './queries.ts';

/** Heard nothing, not even a beat, for this long: the line is dead although nobody said so. */
const SILENT_MS = 40_000;
const RETRY_MS = 3_000;
const GATHER_MS = 40;
const APART_MS = 500;

interface Change {
  type: string;
  customerId: string | null;
  advisorId: string | null;
  caseFileId: string | null;
}

let connected = true;
const watchers = new Set<() => void>();

/** Whether the server is heard. */
export function useConnected(): boolean {
  return useSyncExternalStore(
    (watch) => {
      watchers.add(watch);
      return () => watchers.delete(watch);
    },
    () => connected,
  );
}

/** Says that a request did or did not reach the server. */
export function setConnected(value: boolean): void {
  if (connected === value) return;
  connected = value;
  for (const watch of watchers) watch();
}

/** Listens to the server while the workspace is open, and marks what a change touches as out of date. */
export function useLive(): void {
  const queries = useQueryClient();
  useEffect(() => follow(queries), [queries]);
}

function follow(queries: QueryClient): () => void {
  let source: EventSource | undefined;
  let place: string | undefined;
  let heard = Date.now();
  let retry: ReturnType<typeof setTimeout> | undefined;
  const gather = gatherChanges(queries);

  const open = () => {
    source?.close();
    clearTimeout(retry);
    source = new EventSource(`/api/v1/events${place ? `?since=${encodeURIComponent(place)}` : ''}`);
    const hear = (event: MessageEvent) => {
      heard = Date.now();
      if (event.lastEventId) place = event.lastEventId;
      setConnected(true);
    };
    source.addEventListener('hello', (event) => {
      hear(event);
      // A call may have begun between the first reading and this connection.
      void queries.invalidateQueries({ queryKey: names.calls });
    });
    source.addEventListener('beat', hear);
    source.addEventListener('reset', (event) => {
      hear(event);
      void queries.invalidateQueries();
    });
    source.addEventListener('change', (event) => {
      hear(event);
      gather(JSON.parse(event.data) as Change);
    });
    source.onerror = () => {
      setConnected(false);
      source?.close();
      retry = setTimeout(open, RETRY_MS);
    };
  };
  const watch = setInterval(() => {
    if (Date.now() - heard < SILENT_MS) return;
    heard = Date.now();
    setConnected(false);
    open();
  }, 5_000);
  open();
  addEventListener('online', open);
  return () => {
    source?.close();
    clearInterval(watch);
    clearTimeout(retry);
    removeEventListener('online', open);
  };
}

/** Many changes of one moment become one reading, and only of what they touch. */
function gatherChanges(queries: QueryClient): (change: Change) => void {
  let waiting: Change[] = [];
  let last = 0;
  const flush = () => {
    const changes = waiting;
    waiting = [];
    last = Date.now();
    for (const queryKey of touchedBy(queries, changes)) void queries.invalidateQueries({ queryKey });
  };
  return (change) => {
    waiting.push(change);
    // The first is shown at once; in a storm the screen is read twice a second, however much happens.
    if (waiting.length === 1) setTimeout(flush, Math.max(GATHER_MS, last + APART_MS - Date.now()));
  };
}

function touchedBy(queries: QueryClient, changes: readonly Change[]): (readonly string[])[] {
  const mine = queries.getQueryData<Me>(names.me)?.advisor?.id;
  const shown = new Set(queries.getQueryData<Caseload>(names.caseload)?.items.map((item) => item.caseFileId));
  const is = (subject: string) => changes.some((change) => change.type.startsWith(subject));
  const inCaseload = (change: Change) =>
    (mine !== undefined && change.advisorId === mine) || (change.caseFileId !== null && shown.has(change.caseFileId));
  const customers = new Set(changes.flatMap((change) => change.customerId ?? []));
  return [
    ...[...customers].map(names.customer),
    ...(changes.some(inCaseload) || is('action.') ? [names.caseload] : []),
    ...(is('tray.') ? [names.tray, names.me] : []),
    ...(is('absence.') ? [names.absences, names.me, names.caseload] : []),
    ...(is('interaction.') ? [names.outbox] : []),
    ...(is('call.') || is('presence.') ? [names.calls, names.wallboard] : []),
    ...(is('commitment.') ? [names.callbacks, names.wallboard] : []),
  ];
}
