import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
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

async function cruise(): Promise<{ code: number; said: string }> {
  const args = ['src', '--config', '.dependency-cruiser.mjs', '--output-type', 'err'];
  return run(join(projectRoot, 'node_modules/.bin/depcruise'), args, { cwd: copy }).then(
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

test('the house as it is has no forbidden import, and the check looks at all of it', async () => {
  const { code, said } = await cruise();
  expect(said).toMatch(/[1-9]\d{2,} modules/);
  expect(code, said).toBe(0);
});

test('each planted violation fails the check under the name of its rule', async () => {
  for (const [, path, text] of forbidden) {
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await writeFile(join(copy, path), text);
  }
  await writeFile(
    join(copy, 'src/core/planted-b.ts'),
    "import { a } from './planted-a.ts';\nexport const b = () => a;\n",
  );
  const { code, said } = await cruise();
  expect(code).not.toBe(0);
  for (const [rule, path] of forbidden) expect(said).toContain(`error ${rule}: ${path}`);
});
