import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openSmallShell } from './small-shell.ts';

const shell = openSmallShell({ mostSeconds: 1, mostBytes: 4_096 });
const print = (...words: string[]) => ['printf', '%s|', ...words];
const text = async (command: string[]) => (await shell.run(command)).toString();

test('words arrive as they are, whatever a shell would make of them', async () => {
  const nasty = ["l'été", '$(id) `id` $HOME', '"; exit 7; #', '\\\\ \\n', '*', '', '-n'];
  expect(await text(print(...nasty))).toBe(nasty.map((word) => `${word}|`).join(''));
});

test('a break in a line begins no other command', async () => {
  expect(await text(print('one\nexit 7\r\ntwo'))).toBe('one exit 7 two|');
});

test('many asked at once are run one after the other, each with its own answer', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `n${index}`);
  expect(await Promise.all(names.map((name) => text(print(name))))).toEqual(names.map((name) => `${name}|`));
});

test.each([
  ['is not there', ['visavis-no-such-program']],
  ['fails', ['false']],
  ['takes too long', ['sleep', '20']],
  ['prints too much', ['head', '-c', '100000', '/dev/zero']],
])('a program that %s is told of, and the next one runs', async (_, command) => {
  await expect(shell.run(command)).rejects.toThrow(command[0]);
  expect(await text(print('next'))).toBe('next|');
});

test('a shell that was killed is started again', async () => {
  const pid = Number(await text(SHELL));
  process.kill(pid, 'SIGKILL');
  await gone(`/proc/${pid}`);
  expect(await text(print('again'))).toBe('again|');
  expect(Number(await text(SHELL))).not.toBe(pid);
});

test('it ends with whoever opened it, killed or not, and leaves nothing behind', async () => {
  const module = new URL('./small-shell.ts', import.meta.url).href;
  const program = `const { openSmallShell } = await import('${module}');
    const shell = openSmallShell({ mostSeconds: 9, mostBytes: 4096 });
    process.stdout.write(await shell.run(${JSON.stringify(SHELL)}));
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(owner.stdout, 'data')) as [Buffer];
  const pid = Number(said.toString());
  const folder = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[2] ?? '';
  expect(existsSync(folder)).toBe(true);
  owner.kill('SIGKILL');
  await gone(`/proc/${pid}`);
  await gone(folder);
});

/** Prints the number of the shell: it runs `timeout`, which runs this. */
const SHELL = ['sh', '-c', 'cut -d " " -f 4 /proc/$PPID/stat'];

const gone = (path: string) => expect.poll(() => existsSync(path), { timeout: 5_000 }).toBe(false);
