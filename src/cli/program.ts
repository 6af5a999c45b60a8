import { Command } from 'commander';
import { operatorLanguage } from '../platform/config/language.ts';
import { advisorCommand } from './advisor.ts';
import { aliasCommand } from './alias.ts';
import { backupCommand } from './backup.ts';
import { caseloadsCommand } from './caseloads.ts';
import { customerCommand } from './customer.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { exportCommand } from './export.ts';
import { figuresCommand } from './figures.ts';
import { helpIn } from './help.ts';
import { importCommand } from './import.ts';
import { planCommand } from './plan.ts';
import { programHelp } from './program-words.ts';
import { restoreCommand } from './restore.ts';
import { routeCommand } from './route.ts';
import type { WithHouse } from './say.ts';
import { setupCommand } from './setup.ts';
import { signInLinkCommand } from './sign-in-link.ts';
import { simulateCommand } from './simulate.ts';
import { staffCommand } from './staff.ts';
import { telephonyCommand } from './telephony.ts';
import { tokenCommand } from './token.ts';
import { allToOperator, helpAfterError, toOperator, usageError } from './usage-words.ts';
import { openDatabaseOnly, type WithDatabase } from './with-database.ts';

/** The command line as one value: `npm run -s visavis -- COMMAND`. Wrong usage throws CommanderError. */
export function createProgram(withHouse: WithHouse, withDatabase: WithDatabase = openDatabaseOnly): Command {
  const language = operatorLanguage(process.env);
  const help = allToOperator(programHelp);
  const program = new Command('visavis')
    .description(help.about)
    .option('--json', help.json)
    .helpOption('-h, --help', help.help)
    .helpCommand('help [command]', help.help)
    .configureHelp(helpIn(language))
    .configureOutput({ outputError: (said, write) => write(usageError(said, language)) })
    .showHelpAfterError(toOperator(helpAfterError))
    .addHelpText('after', `\n${help.status}`);
  const commands = [
    setupCommand,
    demoCommand,
    doctorCommand,
    staffCommand,
    advisorCommand,
    aliasCommand,
    customerCommand,
    caseloadsCommand,
    figuresCommand,
    planCommand,
    signInLinkCommand,
    tokenCommand,
    importCommand,
    exportCommand,
    routeCommand,
    telephonyCommand,
    simulateCommand,
  ];
  for (const make of commands) program.addCommand(make(withHouse));
  program.addCommand(backupCommand(withDatabase));
  program.addCommand(restoreCommand(withDatabase, withHouse));
  return throwing(program);
}

/** Subcommands do not inherit this: an error is thrown to the caller instead of ending the process. */
function throwing(command: Command): Command {
  command.exitOverride();
  for (const each of command.commands) {
    each.copyInheritedSettings(command);
    throwing(each);
  }
  return command;
}
