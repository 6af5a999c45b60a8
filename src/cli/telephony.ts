import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { kamailioConfig } from '../core/telephony/kamailio/config.ts';
import { refuse, say, type WithHouse } from './say.ts';
import { extensionCommand, sourceCommand } from './telephony-sources.ts';
import { configProblems, configWritten, telephonyHelp } from './telephony-words.ts';
import { typedPath } from './typed-path.ts';
import { allToOperator, toOperator } from './usage-words.ts';

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
  const help = allToOperator(telephonyHelp);
  const config = new Command('config')
    .description(help.config)
    .requiredOption('--listen <address...>', help.listen)
    .requiredOption('--trunk <ip...>', help.trunk)
    .requiredOption('--fallback <sip>', help.fallback)
    .option('--folder <path>', help.folder)
    .option('--registrar <realm>', help.registrar)
    .option('--tls-certificate <file>', help.tlsCertificate)
    .option('--tls-key <file>', help.tlsKey)
    .option('--number <number>', help.number)
    .option('--carrier <ip:port>', help.carrier)
    .option('--phones <ip...>', help.phones)
    .option('--redirect <address>', help.redirect)
    .option('--redirect-from <ip...>', help.redirectFrom)
    .option('--country <code>', help.country, '33')
    .option('--rate <calls>', help.rate, '50')
    .option('--evapi <address>', help.evapi, '127.0.0.1:8448')
    .option('--out <file>', help.out, 'kamailio.cfg')
    .action(async (asked: Asked, command: Command) => writeConfig({ ...asked, out: typedPath(asked.out) }, command));
  return new Command('telephony')
    .description(help.about)
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
  if (wrong !== undefined) command.error(toOperator(configProblems.word(wrong)));
  if (!(Number(rate) >= 1)) command.error(toOperator(configProblems.rate(rate)));
  const tls = tlsOf(asked, command);
  if (registrar && !folder) command.error(toOperator(configProblems.registrar));
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
    const why = missing ? configWritten.noKamailio(out) : configWritten.refused(out, (error as Error).message);
    return refuse(command, { file: out, checked: false }, why);
  }
  say(command, { file: out, checked: true }, configWritten.accepted(out));
}

/** All three or none; phones that register here need no address. */
function outgoingOf({ number, carrier, phones = [], registrar, trunk }: Asked, command: Command) {
  if (!number && !carrier && phones.length === 0) return undefined;
  if (!number || !carrier) command.error(toOperator(configProblems.outgoing));
  if (!/^\+[1-9][0-9]{3,14}$/.test(number)) command.error(toOperator(configProblems.number(number)));
  if (!/^[0-9.]+:[0-9]+$/.test(carrier)) command.error(toOperator(configProblems.carrier(carrier)));
  if (!registrar && phones.length === 0) command.error(toOperator(configProblems.phones));
  const both = phones.find((address) => trunk.includes(address));
  if (both) command.error(toOperator(configProblems.both(both)));
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
  if (!redirect || redirectFrom.length === 0) command.error(toOperator(configProblems.redirect));
  const port = (address: string) => address.slice(address.lastIndexOf(':'));
  if (listen.some((address) => port(address) === port(redirect)))
    command.error(toOperator(configProblems.redirectPort(redirect)));
  return { listen: redirect, from: redirectFrom, fallback };
}

function tlsOf({ listen, tlsCertificate, tlsKey }: Asked, command: Command) {
  const wanted = listen.some((address) => address.startsWith('tls:'));
  if (!wanted) return undefined;
  if (!tlsCertificate || !tlsKey) command.error(toOperator(configProblems.tls));
  return { certificate: tlsCertificate, key: tlsKey };
}
