import { Command } from 'commander';
import type { Locale } from '../core/text/typeset.ts';
import type { House } from '../desk/house.ts';
import { isDemo } from '../desk/operator.ts';
import { olderKeysOf } from '../desk/signing-keys.ts';
import { examine } from '../desk/views/doctor/examine.ts';
import { checkNames, type Finding } from '../desk/views/doctor/finding.ts';
import { missingSecrets, type SecretNote, secretNotes } from '../desk/views/doctor/secrets.ts';
import { findingWords } from '../desk/views/doctor/words.ts';
import { doctorWords } from './doctor-words.ts';
import { languageOption } from './language-option.ts';
import { asIs, progress, refuse, say, type WithHouse } from './say.ts';
import { examineSurroundings } from './surroundings.ts';
import { inLanguage, toOperator } from './usage-words.ts';

/** `visavis doctor`: checks what must always hold, and says how to mend what does not. Changes nothing. */
export function doctorCommand(withHouse: WithHouse): Command {
  return new Command('doctor')
    .description(toOperator(doctorWords.about))
    .addOption(languageOption())
    .action(async ({ lang }: { lang: Locale }, command: Command) => {
      const { findings, older } = await withHouse((house) => look(house, lang));
      progress('');
      const notes = secretNotes(lang, older);
      const report = findings.map((found) => ({ ...found, ...findingWords(lang, found) }));
      const result = { ok: findings.length === 0, checks: checkNames.length, findings: report, notes };
      if (result.ok) say(command, result, asIs([inLanguage(doctorWords.allIsWell, lang), ...notes].join('\n')));
      else
        refuse(
          command,
          result,
          asIs([...report.map(({ wrong, mend }) => `✗ ${wrong}\n  → ${mend}`), ...notes].join('\n')),
        );
    });
}

async function look(house: House, lang: Locale): Promise<{ findings: Finding[]; older: SecretNote[] }> {
  const { db, config, clock } = house;
  const older = await olderKeysOf(db, clock(), house);
  const sendsMail = config.smtpUrl !== undefined;
  const inside = await examine({ db, now: clock(), sendsMail, sendsSms: config.sms !== undefined }, (check) =>
    progress(asIs(inLanguage(doctorWords.checking(checkNames.indexOf(check) + 1), lang))),
  );
  const surroundings = await examineSurroundings(config, await isDemo(db));
  const known = older.filter((each) => each.known).map((each) => ({ ...each, now: clock() }));
  return { findings: [...inside, ...missingSecrets(older, clock()), ...surroundings], older: known };
}
