import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface Baresip {
  /** What it wrote, so far. */
  said(): string;
  hangUp(): void;
  stop(): Promise<void>;
}

/** A real phone program that registers at Kamailio with a password and answers by itself. It has no sound of its own. */
export async function startBaresip(at: {
  port: number;
  host: string;
  number: string;
  password: string;
  proxy: string;
}): Promise<Baresip> {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-baresip-'));
  const modules = ['module stdio.so', 'module g711.so', 'module aubridge.so', 'module_tmp uuid.so'];
  const apps = ['module_tmp account.so', 'module_app contact.so', 'module_app menu.so'];
  const sound = ['audio_player aubridge,x', 'audio_source aubridge,x', 'audio_alert aubridge,x', 'call_max_calls 4'];
  const net = [`sip_listen ${at.host}:${at.port}`, `net_interface ${at.host}`, 'rtp_ports 21000-21100'];
  const place = 'module_path /usr/lib/baresip/modules';
  writeFileSync(join(folder, 'config'), `${[...net, ...sound, place, ...modules, ...apps].join('\n')}\n`);
  writeFileSync(join(folder, 'contacts'), '');
  const [host] = at.proxy.split(':');
  const login = `auth_user=${at.number};auth_pass=${at.password};outbound="sip:${at.proxy}"`;
  const account = `<sip:${at.number}@${host}>;${login};regint=60;answermode=auto;audio_codecs=pcma/8000/1`;
  writeFileSync(join(folder, 'accounts'), `${account}\n`);
  let said = '';
  const running: ChildProcess = spawn('baresip', ['-f', folder], { stdio: ['pipe', 'pipe', 'pipe'] });
  for (const stream of [running.stdout, running.stderr]) stream?.on('data', (text) => (said += String(text)));
  const gone = new Promise((resolve) => running.once('exit', resolve));
  for (let tries = 0; tries < 100 && !said.includes('registered successfully'); tries++) await pause(50);
  if (!said.includes('registered successfully')) throw new Error(`baresip did not register:\n${said.slice(-800)}`);
  return {
    said: () => said,
    hangUp: () => void running.stdin?.write('b\n'),
    stop: async () => {
      running.kill('SIGKILL');
      await gone;
    },
  };
}
