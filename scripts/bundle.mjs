import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const entries = {
  main: 'src/main.ts',
  cli: 'src/cli/main.ts',
  bench: 'test/bench/main.ts',
  soak: 'test/soak/main.ts',
  // A thread of its own (telephony/announcer/start.ts).
  announcer: 'src/channels/telephony/announcer/worker.ts',
  // The same (telephony/line/start.ts).
  line: 'src/channels/telephony/line/thread.ts',
  'simulation-thread': 'src/simulator/thread.ts',
};

// `import css from './page.css?raw'`: a file as text, as Vite and Vitest have it.
const rawText = {
  name: 'raw-text',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?raw$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.slice(0, -4)),
      namespace: 'raw',
    }));
    onLoad({ filter: /.*/, namespace: 'raw' }, ({ path }) => ({
      contents: readFileSync(path, 'utf8'),
      loader: 'text',
      watchFiles: [path],
    }));
  },
};

/** How the server is bundled: each entry with our own code; dependencies stay in node_modules. */
export const serverBundle = {
  entryPoints: Object.fromEntries(Object.entries(entries).filter(([, path]) => existsSync(path))),
  outdir: 'dist',
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node24',
  sourcemap: true,
  plugins: [rawText],
  logLevel: 'warning',
};
