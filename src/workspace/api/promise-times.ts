import { useQuery } from '@tanstack/react-query';
import { read } from './client.ts';

/** Good times to promise something by, in working time, soonest first. */
export function usePromiseTimes(): string[] {
  const { data } = useQuery({
    queryKey: ['promise-times'],
    queryFn: ({ signal }) => read<{ times: string[] }>('/api/v1/workspace/promise-times', signal),
    staleTime: 5 * 60_000,
  });
  return data?.times ?? [];
}
