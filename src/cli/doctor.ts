import { Command, Option } from 'commander';
import type { Locale } from '../core/text/typeset.ts';
import type { House } from '../desk/house.ts';
import { isDemo } from '../desk/operator.ts';
import { examine } from '../desk/views/doctor/examine.ts';
import { checkNames, type Finding } from '../desk/views/doctor/finding.ts';
import { findingWords } from '../desk/views/doctor/words.ts';
import { progress, refuse, say, type WithHouse } from './say.ts';
import { examineSurroundings } from './surroundings.ts';

/** `visavis doctor`: checks what must always hold, and says how to mend what does not. Changes nothing. */
export function doctorCommand(withHouse: WithHouse): Command {
  return new Command('doctor')
    .description('check every invariant, the configuration, the disk, the clock and the mail servers; changes nothing')
    .addOption(new Option('--lang <language>', 'of what it says').choices(['fr', 'en']).default(systemLanguage()))
    .action(async ({ lang }: { lang: Locale }, command: Command) => {
      const findings = await withHouse(look);
      progress('');
      const report = findings.map((found) => ({ ...found, ...findingWords(lang, found) }));
      const result = { ok: findings.length === 0, checks: checkNames.length, findings: report };
      if (result.ok) say(command, result, allIsWell[lang](checkNames.length));
      else refuse(command, result, report.map(({ wrong, mend }) => `✗ ${wrong}\n  → ${mend}`).join('\n'));
    });
}

async function look(house: House): Promise<Finding[]> {
  const { db, config, clock } = house;
  const sendsMail = config.smtpUrl !== undefined;
  const inside = await examine({ db, now: clock(), sendsMail }, (check) => progress(`${check} …`));
  return [...inside, ...(await examineSurroundings(config, await isDemo(db)))];
}

const allIsWell: Record<Locale, (checks: number) => string> = {
  fr: (checks) => `${checks} vérifications : tout va bien.`,
  en: (checks) => `${checks} checks: all is well.`,
};

function systemLanguage(): Locale {
  return /^fr/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '') ? 'fr' : 'en';
}
