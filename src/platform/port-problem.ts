/** The sentence for a port that cannot be opened, naming the environment variable that chooses another. */
export function portProblem(error: unknown, port: number, host: string, setting: string): Error {
  const code = (error as NodeJS.ErrnoException).code;
  const mend = `Set ${setting} to another number and start again.`;
  if (code === 'EADDRINUSE')
    return new Error(`Port ${port} on ${host} is taken, perhaps by another Visavis. Stop it, or: ${mend}`);
  return new Error(`Port ${port} on ${host} cannot be opened (${code ?? String(error)}). ${mend}`);
}
