/** The sentence for a port that cannot be opened, naming the environment variable that chooses another. */
export function portProblem(error: unknown, port: number, host: string, setting: string): Error {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE')
    return new Error(
      `Port ${port} on ${host} is taken, perhaps by another Visavis. Stop it, or set ${setting} to another number, and start again.`,
    );
  return new Error(
    `Port ${port} on ${host} cannot be opened (${code ?? String(error)}). Set ${setting} to another number and start again.`,
  );
}
