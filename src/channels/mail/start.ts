import type { House } from '../../desk/house.ts';
import { startImapIntake } from './intake-imap.ts';
import { startSmtpIntake } from './intake-smtp.ts';
import { sweepMail } from './jobs.ts';

export interface RunningMail {
  /** Where mail is taken, also when the system chose the port. */
  smtpPort: number;
  stop(): Promise<void>;
}

/** Opens the doors mail comes in by: SMTP always, IMAP when a mailbox is configured. */
export async function startMail(house: House): Promise<RunningMail> {
  // Whoever was at work on a mail before this start is most likely dead.
  await sweepMail(house, 0);
  const smtp = await startSmtpIntake(house);
  const imap = house.config.imapUrl ? startImapIntake(house, house.config.imapUrl) : undefined;
  return {
    smtpPort: smtp.port,
    stop: async () => {
      await Promise.all([smtp.stop(), imap?.stop()]);
    },
  };
}
