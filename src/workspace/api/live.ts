import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { names } from './queries.ts';

/** Heard nothing, not even a beat, for this long: the line is dead although nobody said so. */
const SILENT_MS = 40_000;
const RETRY_MS = 3_000;
const GATHER_MS = 60;

interface Change {
  type: string;
  customerId: string | null;
  advisorId: string | null;
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
    source.addEventListener('hello', hear);
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

/** Many changes of one moment become one reading. */
function gatherChanges(queries: QueryClient): (change: Change) => void {
  const touched = new Set<string>();
  let gathering = false;
  return (change) => {
    touched.add(change.customerId ?? '');
    if (gathering) return;
    gathering = true;
    setTimeout(() => {
      gathering = false;
      for (const customerId of touched)
        if (customerId) void queries.invalidateQueries({ queryKey: names.customer(customerId) });
      touched.clear();
      for (const queryKey of [names.caseload, names.tray, names.me, names.outbox, names.absences])
        void queries.invalidateQueries({ queryKey });
    }, GATHER_MS);
  };
}
