// Bundles each entry of the server (dependencies stay in node_modules) and the staff workspace.
import { existsSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { build as buildWorkspace } from 'vite';

const entries = { main: 'src/main.ts', cli: 'src/cli/main.ts', bench: 'test/bench/main.ts', soak: 'test/soak/main.ts' };
rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: Object.fromEntries(Object.entries(entries).filter(([, path]) => existsSync(path))),
  outdir: 'dist',
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node24',
  sourcemap: true,
  loader: { '.css': 'text', '.svg': 'text' },
  logLevel: 'warning',
});
if (existsSync('src/workspace/index.html')) await buildWorkspace({ configFile: 'vite.config.ts', logLevel: 'warn' });
