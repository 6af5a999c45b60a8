import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { kamailioConfig } from '../core/telephony/kamailio/config.ts';
import { refuse, say, type WithHouse } from './say.ts';
import { extensionCommand, sourceCommand } from './telephony-sources.ts';
import { typedPath } from './typed-path.ts';

interface Asked {
  listen: string[];
  trunk: string[];
  evapi: string;
  fallback: string;
  country: string;
  rate: string;
  tlsCertificate?: string;
  tlsKey?: string;
  registrar?: string;
  folder?: string;
  number?: string;
  carrier?: string;
  phones?: string[];
  redirect?: string;
  redirectFrom?: string[];
  out: string;
}

/** `visavis telephony …`: Kamailio's configuration, and other phone systems that report their calls. */
export function telephonyCommand(withHouse: WithHouse): Command {
  const config = new Command('config')
    .description('writes a complete kamailio.cfg for your trunks and has Kamailio check it')
    .requiredOption('--listen <address...>', 'where Kamailio takes calls, like udp:192.0.2.10:5060 tls:192.0.2.10:5061')
    .requiredOption('--trunk <ip...>', 'addresses or networks your carrier sends calls from')
    .requiredOption('--fallback <sip>', 'who is rung when Visavis is silent, like sip:front@192.0.2.20')
    .option('--folder <path>', 'shared with Visavis (VISAVIS_CALLS_FOLDER): held ring lists, phones, accounting')
    .option('--registrar <realm>', 'advisors’ phones register here (VISAVIS_PHONES=registrar); needs --folder')
    .option('--tls-certificate <file>', 'for tls: addresses, in PEM')
    .option('--tls-key <file>', 'for tls: addresses, in PEM')
    .option('--number <number>', 'for calls to the outside: what whoever is called sees, like +33199001234')
    .option('--carrier <ip:port>', 'for calls to the outside: where they go')
    .option(
      '--phones <ip...>',
      'for calls to the outside: the switch the advisors’ phones are on; not with --registrar',
    )
    .option('--redirect <address>', 'a door for switches that can only follow redirects, like udp:192.0.2.10:5070')
    .option('--redirect-from <ip...>', 'the switches that may ask at that door')
    .option('--country <code>', 'country code of numbers that begin with a single 0', '33')
    .option(
      '--rate <calls>',
      'calls a second that are taken, over all trunks together; more are told to come back',
      '50',
    )
    .option('--evapi <address>', 'where Visavis connects; keep it on loopback', '127.0.0.1:8448')
    .option('--out <file>', 'the file to write', 'kamailio.cfg')
    .action(async (asked: Asked, command: Command) => writeConfig({ ...asked, out: typedPath(asked.out) }, command));
  return new Command('telephony')
    .description('the phone system beside Visavis')
    .addCommand(config)
    .addCommand(sourceCommand(withHouse))
    .addCommand(extensionCommand(withHouse));
}

/** Everything that goes into the file is an address, a path or a number; nothing else may reach it. */
const WORD = /^[A-Za-z0-9+@:;=._/[\]-]+$/;

async function writeConfig(asked: Asked, command: Command): Promise<void> {
  const { listen, trunk, evapi, fallback, out, country, rate, registrar, folder } = asked;
  const outgoing = outgoingOf(asked, command);
  const redirect = redirectOf(asked, command);
  const words = [
    ...listen,
    ...(outgoing ? [outgoing.carrier, ...outgoing.phones] : []),
    ...(redirect ? [redirect.listen, ...redirect.from] : []),
    ...trunk,
    evapi,
    fallback,
    country,
    rate,
    registrar,
    folder,
    asked.tlsCertificate,
    asked.tlsKey,
  ];
  const wrong = words.find((word) => word !== undefined && !WORD.test(word));
  if (wrong !== undefined) command.error(`"${wrong}" cannot stand in the file. Write it like udp:192.0.2.10:5060.`);
  if (!(Number(rate) >= 1)) command.error(`--rate ${rate}: write how many calls a second, like 50.`);
  const tls = tlsOf(asked, command);
  if (registrar && !folder) command.error('--registrar needs --folder: the passwords of the phones lie there.');
  const settings = { listen, trunks: trunk, evapi, fallback, country, callsPerSecond: Math.floor(Number(rate)) };
  const phones = registrar ? { realm: registrar } : undefined;
  const { callKey, maskKey } = await keysOf(out);
  const config = kamailioConfig({
    ...{ ...settings, callKey, tls, registrar: phones, folder, redirect },
    outgoing: outgoing && { ...outgoing, maskKey },
  });
  await writeFile(out, config, { mode: 0o640 });
  try {
    await promisify(execFile)('kamailio', ['-c', '-f', out]);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = missing ? 'Kamailio is not installed here: apt install kamailio.' : String((error as Error).message);
    return refuse(command, { file: out, checked: false }, `${out} is written and not checked. ${why}`);
  }
  say(command, { file: out, checked: true }, `${out} is written, and Kamailio accepts it.`);
}

/** All three or none; phones that register here need no address. */
function outgoingOf({ number, carrier, phones = [], registrar, trunk }: Asked, command: Command) {
  if (!number && !carrier && phones.length === 0) return undefined;
  if (!number || !carrier) command.error('Calls to the outside need --number and --carrier.');
  if (!/^\+[1-9][0-9]{3,14}$/.test(number)) command.error(`--number ${number}: write it like +33199001234.`);
  if (!/^[0-9.]+:[0-9]+$/.test(carrier))
    command.error(`--carrier ${carrier}: write an address like 198.51.100.7:5060.`);
  if (!registrar && phones.length === 0) command.error('Calls to the outside need --phones, or --registrar.');
  const both = phones.find((address) => trunk.includes(address));
  if (both) command.error(`${both} cannot be a trunk and the switch of the phones: nobody could tell who calls whom.`);
  return { number, carrier, phones };
}

/** Those of the file that is written again: with others, calls under way could not be ended after a restart. */
async function keysOf(file: string): Promise<{ callKey: string; maskKey: string }> {
  const written = await readFile(file, 'utf8').catch(() => '');
  const kept = (line: RegExp) => line.exec(written)?.[1] ?? randomBytes(16).toString('hex');
  return { callKey: kept(/^#!define CALL_KEY "([0-9a-f]+)"$/m), maskKey: kept(/"mask_key","([0-9a-f]+)"/) };
}

/** A port of its own: what comes there is asked about, and never carried. */
function redirectOf({ redirect, redirectFrom = [], listen, fallback }: Asked, command: Command) {
  if (!redirect && redirectFrom.length === 0) return undefined;
  if (!redirect || redirectFrom.length === 0) command.error('--redirect and --redirect-from go together.');
  const port = (address: string) => address.slice(address.lastIndexOf(':'));
  if (listen.some((address) => port(address) === port(redirect)))
    command.error(`--redirect ${redirect}: choose a port that no --listen has.`);
  return { listen: redirect, from: redirectFrom, fallback };
}

function tlsOf({ listen, tlsCertificate, tlsKey }: Asked, command: Command) {
  const wanted = listen.some((address) => address.startsWith('tls:'));
  if (!wanted) return undefined;
  if (!tlsCertificate || !tlsKey) command.error('A tls: address needs --tls-certificate and --tls-key.');
  return { certificate: tlsCertificate, key: tlsKey };
}
