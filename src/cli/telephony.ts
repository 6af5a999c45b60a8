import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { kamailioConfig } from '../core/telephony/kamailio-config.ts';
import { refuse, say } from './say.ts';
import { typedPath } from './typed-path.ts';

interface Asked {
  listen: string[];
  trunk: string[];
  evapi: string;
  fallback: string;
  out: string;
}

/** `visavis telephony config`: writes kamailio.cfg and has Kamailio check it. */
export function telephonyCommand(): Command {
  const config = new Command('config')
    .description('writes a complete kamailio.cfg for your trunks and has Kamailio check it')
    .requiredOption('--listen <address...>', 'where Kamailio takes calls, like udp:192.0.2.10:5060')
    .requiredOption('--trunk <ip...>', 'addresses your carrier sends calls from')
    .requiredOption('--fallback <sip>', 'who is rung when Visavis is silent, like sip:front@192.0.2.20')
    .option('--evapi <address>', 'where Visavis connects; keep it on loopback', '127.0.0.1:8448')
    .option('--out <file>', 'the file to write', 'kamailio.cfg')
    .action(async (asked: Asked, _options: unknown, command: Command) =>
      writeConfig({ ...asked, out: typedPath(asked.out) }, command),
    );
  return new Command('telephony').description('the phone system beside Visavis').addCommand(config);
}

/** Everything that goes into the file is an address; nothing else may reach it. */
const ADDRESS = /^[A-Za-z0-9+@:;=._[\]-]+$/;

async function writeConfig({ listen, trunk, evapi, fallback, out }: Asked, command: Command): Promise<void> {
  const wrong = [...listen, ...trunk, evapi, fallback].find((value) => !ADDRESS.test(value));
  if (wrong !== undefined) command.error(`"${wrong}" is not an address. Write it like udp:192.0.2.10:5060.`);
  await writeFile(out, kamailioConfig({ listen, trunks: trunk, evapi, fallback }), { mode: 0o640 });
  try {
    await promisify(execFile)('kamailio', ['-c', '-f', out]);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = missing ? 'Kamailio is not installed here: apt install kamailio.' : String((error as Error).message);
    return refuse(command, { file: out, checked: false }, `${out} is written and not checked. ${why}`);
  }
  say(command, { file: out, checked: true }, `${out} is written, and Kamailio accepts it.`);
}
