/** Where the present comes from. The composition root hands in the system's; tests hand in their own. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

/** The clock of a thread: the system's, or the one a test keeps here, in milliseconds. */
export function clockAt(time: SharedArrayBuffer | undefined): Clock {
  if (!time) return systemClock;
  const milliseconds = new Float64Array(time);
  return () => new Date(milliseconds[0] ?? 0);
}
