import { type ParseArgsConfig, parseArgs } from 'node:util';

/** What was typed behind a command; anything it does not know is said with its usage, and ends it with 2. */
export function typedOptions<Config extends ParseArgsConfig>(usage: string, config: Config) {
  try {
    return parseArgs(config);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}
