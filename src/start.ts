import { openHouse } from './house.ts';
import { type Config, ConfigError, readConfig } from './platform/config/config.ts';
import { operatorLanguage } from './platform/config/language.ts';
import { sentenceOf } from './platform/config/said-in-both.ts';

/** `npm start`: the parts this process is asked for (web, jobs, mail; all by default) on one database. */
async function start(): Promise<void> {
  const opening = openAll(readConfig(process.env));
  stopOnSignal(opening);
  await opening;
}

/** Opens everything; resolves with the way to close it. What was opened is closed again when the rest fails. */
async function openAll(config: Config): Promise<() => Promise<void>> {
  // Loading all that comes in by the doors takes a second, while the database has a second's work of its own.
  const load = () => import('./doors.ts');
  const open = await openHouse(config, () => void load().catch(() => undefined));
  try {
    const { openDoors } = await load();
    const closeDoors = await openDoors(open);
    return async () => {
      await closeDoors();
      await open.close();
    };
  } catch (error) {
    await open.close();
    throw error;
  }
}

const MOST_TO_CLOSE_MS = 10_000;

/**
 * Ends in order, also when the signal comes while it is still starting: an embedded PostgreSQL must not be left behind.
 * Ctrl+C reaches us twice, from the terminal and passed on by npm: the second one changes nothing.
 */
function stopOnSignal(opening: Promise<() => Promise<void>>): void {
  let stopping = false;
  const stop = async () => {
    const close = await opening.catch(() => undefined);
    setTimeout(() => process.exit(0), MOST_TO_CLOSE_MS).unref();
    await close?.();
    // A start that failed ends by itself, with its sentence.
    if (close) process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (!stopping) void stop();
      stopping = true;
    });
}

start().catch((error: unknown) => {
  process.stderr.write(`${sentenceOf(error, operatorLanguage(process.env))}\n`);
  process.exit(error instanceof ConfigError ? 2 : 1);
});
