import { resolve } from 'node:path';

/** A file as somebody names it from where they stand: npm runs commands in the folder of Visavis, and says from where. */
export function typedPath(typed: string, environment: NodeJS.ProcessEnv = process.env): string {
  const ranByNpm = environment.npm_lifecycle_event === 'visavis';
  return resolve((ranByNpm && environment.INIT_CWD) || '.', typed);
}
