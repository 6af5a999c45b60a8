import { vi } from 'vitest';
import { createProgram } from '../src/cli/program.ts';
import { testHouse } from './app.ts';
import type { TestDatabase } from './database.ts';

export interface Said {
  out: string;
  err: string;
  status: number;
}

/** The same command line typed by somebody whose terminal speaks French. */
export async function inFrench<Answer>(typed: () => Promise<Answer>): Promise<Answer> {
  vi.stubEnv('VISAVIS_LANGUAGE', 'fr');
  try {
    return await typed();
  } finally {
    vi.unstubAllEnvs();
  }
}

/** `visavis` as it runs in a shell, on the database of this test. */
export function cliOf(db: TestDatabase): (...args: string[]) => Promise<Said> {
  return async (...args) => {
    process.exitCode = 0;
    const seen = { out: '', err: '' };
    const program = createProgram((work) => work(testHouse(db, {})));
    const hush = (command: typeof program): void => {
      command.configureOutput({ writeOut: (text) => (seen.out += text), writeErr: (text) => (seen.err += text) });
      for (const each of command.commands) hush(each);
    };
    hush(program);
    await program.parseAsync(args, { from: 'user' });
    const status = Number(process.exitCode);
    process.exitCode = 0;
    return { ...seen, status };
  };
}
