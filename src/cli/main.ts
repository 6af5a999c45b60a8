import { CommanderError } from 'commander';
import { openHouse } from '../house.ts';
import { ConfigError, readConfig } from '../platform/config/config.ts';
import { operatorLanguage } from '../platform/config/language.ts';
import { sentenceOf } from '../platform/config/said-in-both.ts';
import { createProgram } from './program.ts';
import type { WithHouse } from './say.ts';

/** Opens the house on the configured database; an embedded one that this command had to start is stopped again. */
const withHouse: WithHouse = async (work) => {
  const config = readConfig({ VISAVIS_LOG: 'error', ...process.env });
  const { house, close } = await openHouse(config);
  try {
    return await work(house);
  } finally {
    await close();
  }
};

/** Exit status: 0 done, 1 found or refused something, 2 wrong usage or configuration. */
async function run(): Promise<void> {
  try {
    await createProgram(withHouse).parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else {
      process.stderr.write(`${sentenceOf(error, operatorLanguage(process.env))}\n`);
      process.exitCode = error instanceof ConfigError ? 2 : 1;
    }
  }
}

await run();
