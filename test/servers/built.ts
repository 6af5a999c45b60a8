import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/root.ts';

/** Makes sure there is a built product to start; `npm test` has built the newest one already. */
export function buildWhenMissing(): void {
  if (existsSync(join(projectRoot, 'dist', 'main.js'))) return;
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: projectRoot, stdio: 'inherit' });
}
