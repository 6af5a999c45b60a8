import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type {
  AbsenceInfo,
  Callbacks,
  CallsNow,
  Caseload,
  Colleague,
  CustomerPage,
  Entry,
  Found,
  HeldAction,
  Me,
  OutboxInfo,
  TrayItem,
  Wallboard,
} from '../../web/api/workspace/shapes.ts';
import { read } from './client.ts';

const base = '/api/v1/workspace';

/** What is kept from the server, by name; live changes mark names as out of date. */
export const names = {
  me: ['me'],
  caseload: ['caseload'],
  customer: (id: string) => ['customer', id],
  customers: ['customer'],
  tray: ['tray'],
  absences: ['absences'],
  outbox: ['outbox'],
  colleagues: ['colleagues'],
  calls: ['calls'],
  callbacks: ['callbacks'],
  wallboard: ['wallboard'],
  found: (words: string) => ['found', words],
} as const;

export const useMe = () => useQuery({ queryKey: names.me, queryFn: ({ signal }) => read<Me>(`${base}/me`, signal) });

export const useCaseload = () =>
  useQuery({
    queryKey: names.caseload,
    queryFn: ({ signal }) => read<Caseload>(`${base}/caseload`, signal),
    // Times grow old by themselves: "since 12 min".
    refetchInterval: 60_000,
  });

/** A customer's page; older entries come page by page. */
export const useCustomer = (id: string) =>
  useInfiniteQuery({
    queryKey: names.customer(id),
    queryFn: ({ pageParam, signal }) => read<CustomerPage>(customerPath(id, pageParam), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.cursor,
    // Mail on its way has left, or has not, a few seconds later; nothing else says so.
    refetchInterval: ({ state }) => (state.data?.pages[0]?.entries.some(isLeaving) ? 5_000 : false),
  });

const isLeaving = (entry: Entry) =>
  entry.type === 'interaction' &&
  entry.mail?.state === 'waiting' &&
  Date.now() - new Date(entry.mail.at).getTime() < 120_000;

export const customerPath = (id: string, cursor: string | null) =>
  `${base}/customers/${id}${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`;

export const useTray = () =>
  useQuery({
    queryKey: names.tray,
    queryFn: ({ signal }) => read<{ items: TrayItem[]; held: HeldAction[] }>(`${base}/tray`, signal),
  });

export const useAbsences = () =>
  useQuery({
    queryKey: names.absences,
    queryFn: ({ signal }) => read<{ absences: AbsenceInfo[] }>(`${base}/absences`, signal),
  });

export const useOutbox = () =>
  useQuery({
    queryKey: names.outbox,
    refetchInterval: 10_000,
    queryFn: ({ signal }) => read<OutboxInfo>(`${base}/outbox`, signal),
  });

export const useColleagues = (wanted = true) =>
  useQuery({
    queryKey: names.colleagues,
    queryFn: ({ signal }) => read<{ colleagues: Colleague[] }>(`${base}/colleagues`, signal),
    enabled: wanted,
    staleTime: 60_000,
  });

export const useCalls = (wanted = true) =>
  useQuery({
    queryKey: names.calls,
    queryFn: ({ signal }) => read<CallsNow>(`${base}/calls`, signal),
    enabled: wanted,
    // What rings is told at once; this ends what nobody told the end of. Of a talk with nobody on file nothing is told.
    refetchInterval: ({ state }) => (state.data?.unrecordedSince ? 5_000 : 30_000),
  });

export const useCallbacks = () =>
  useQuery({
    queryKey: names.callbacks,
    queryFn: ({ signal }) => read<Callbacks>(`${base}/callbacks`, signal),
    refetchInterval: 60_000,
  });

export const useWallboard = () =>
  useQuery({
    queryKey: names.wallboard,
    queryFn: ({ signal }) => read<Wallboard>(`${base}/wallboard`, signal),
    refetchInterval: 15_000,
  });

/** Customers, communes and words of messages; what was found before stays until the next answer is there. */
export const useFound = (words: string) =>
  useQuery({
    queryKey: names.found(words),
    queryFn: ({ signal }) => read<Found>(`${base}/search?q=${encodeURIComponent(words)}`, signal),
    enabled: words.trim().length >= 2,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
