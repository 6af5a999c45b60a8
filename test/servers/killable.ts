import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A mail process that may be killed, or kills itself at a failpoint. */
export interface MailProcess {
  smtpPort: number;
  /** Resolves with the signal or the status it ended with. */
  ended: Promise<string | number | null>;
  kill(): Promise<void>;
}

/** Starts the mail channel, or that of SMS, on this database. Throws when it ends before it is ready. */
export async function startMailProcess(
  databaseUrl: string,
  environment: Record<string, string>,
  script: 'mail-process.ts' | 'sms-process.ts' | 'telephony-process.ts' = 'mail-process.ts',
): Promise<MailProcess> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', fileURLToPath(new URL(script, import.meta.url))],
    {
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: databaseUrl,
        VISAVIS_SMTP_PORT: '0',
        VISAVIS_LOG: process.env.VISAVIS_TEST_LOG ?? 'error',
        VISAVIS_DATA: '/nonexistent',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = once(child, 'exit').then(([status, signal]) => signal ?? status);
  return {
    smtpPort: await portOf(child, ended),
    ended,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function portOf(child: ChildProcess, ended: Promise<unknown>): Promise<number> {
  const said = once(child.stdout as NodeJS.ReadableStream, 'data').then(([chunk]) => Number(String(chunk)));
  const early = ended.then((how) => {
    throw new Error(`the mail process ended before it was ready (${how})`);
  });
  early.catch(() => undefined);
  return Promise.race([said, early]) as Promise<number>;
}
