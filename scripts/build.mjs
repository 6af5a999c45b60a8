// `npm run build`: bundles each entry of the server, and the staff workspace.
import { existsSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { build as buildWorkspace } from 'vite';
import { serverBundle } from './bundle.mjs';

rmSync('dist', { recursive: true, force: true });
await build(serverBundle);
if (existsSync('src/workspace/index.html')) await buildWorkspace({ configFile: 'vite.config.ts', logLevel: 'warn' });
