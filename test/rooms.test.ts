import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../src/platform/root.ts';

const run = promisify(execFile);
let copy: string;

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'visavis-rooms-'));
  for (const part of ['src', 'test', 'tsconfig.json', '.dependency-cruiser.mjs', 'package.json'])
    await cp(join(projectRoot, part), join(copy, part), { recursive: true });
  await symlink(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rm(copy, { recursive: true, force: true }));

/** `npm run check`, its step about the rooms, in the copy. */
async function checkRooms(step = 'rooms'): Promise<{ code: number; said: string }> {
  return run(process.execPath, [join(projectRoot, 'scripts/check.mjs'), step], { cwd: copy }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (error: { code: number; stdout: string }) => ({ code: error.code, said: error.stdout }),
  );
}

const forbidden: [rule: string, path: string, text: string][] = [
  [
    'core-imports-nothing',
    'src/core/planted-import.ts',
    "import { newId } from '../desk/id.ts';\nexport const a = newId;\n",
  ],
  [
    'core-does-no-io',
    'src/core/planted-io.ts',
    "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n",
  ],
  [
    'platform-imports-nothing',
    'src/platform/planted.ts',
    "import { newId } from '../desk/id.ts';\nexport const a = newId;\n",
  ],
  ['desk', 'src/desk/planted.ts', "import { health } from '../web/health.ts';\nexport const a = health;\n"],
  ['channels', 'src/channels/planted.ts', "import { health } from '../web/health.ts';\nexport const a = health;\n"],
  ['web', 'src/web/planted.ts', "import { receive } from '../channels/planted.ts';\nexport const a = receive;\n"],
  ['cli', 'src/cli/planted.ts', "import { health } from '../web/health.ts';\nexport const a = health;\n"],
  ['simulator', 'src/simulator/planted.ts', "import { newId } from '../desk/id.ts';\nexport const a = newId;\n"],
  ['workspace', 'src/workspace/planted.ts', "import { newId } from '../desk/id.ts';\nexport const a = newId;\n"],
  ['no-circles', 'src/core/planted-a.ts', "import { b } from './planted-b.ts';\nexport const a = () => b;\n"],
  ['no-unresolved', 'src/core/planted-missing.ts', "import { b } from './nowhere.ts';\nexport const a = b;\n"],
];

test('the house as it is has no forbidden import', async () => {
  const { code, said } = await checkRooms();
  expect(said).toMatch(/^ok +rooms .+\ncheck: nothing found\n$/);
  expect(code, said).toBe(0);
});

test('the check that looked at hardly anything has not checked, and one that does not exist is no success', async () => {
  await rename(join(copy, 'src'), join(copy, 'away'));
  await mkdir(join(copy, 'src/core'), { recursive: true });
  await writeFile(join(copy, 'src/core/alone.ts'), 'export const a = 1;\n');
  const alone = await checkRooms();
  await rm(join(copy, 'src'), { recursive: true });
  await rename(join(copy, 'away'), join(copy, 'src'));
  expect(alone.said).toContain('no modules were looked at');
  expect(alone.code).toBe(1);
  const invented = await checkRooms('attic');
  expect(invented.said).toContain('no such step: attic');
  expect(invented.code).not.toBe(0);
});

test('each planted violation fails `npm run check` in its step about the rooms, under the name of its rule', async () => {
  for (const [, path, text] of forbidden) {
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await writeFile(join(copy, path), text);
  }
  await writeFile(
    join(copy, 'src/core/planted-b.ts'),
    "import { a } from './planted-a.ts';\nexport const b = () => a;\n",
  );
  const { code, said } = await checkRooms();
  expect(code).toBe(1);
  expect(said).toContain('FAILED rooms');
  expect(said).toContain('check: found something in rooms');
  for (const [rule, path] of forbidden) expect(said).toContain(`error ${rule}: ${path}`);
});

test('`npm run check` runs that script, with all its steps', async () => {
  const { scripts } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8'));
  expect(scripts.check).toMatch(/node scripts\/check\.mjs$/);
});
