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

// What finds programs, WebAssembly or data beside its own file: used where it was installed.
const whereInstalled = ['sharp', 'highs', 'date-holidays', 'playwright-core', 'pg-native'];

// Libraries that are no ES modules ask for others, and for where they are, in the way of CommonJS.
const commonJs = `import { createRequire as requireFrom } from 'node:module';
const require = requireFrom(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;`;

/** How the server is bundled: each entry with our own code and that of the libraries it uses. */
export const serverBundle = {
  entryPoints: Object.fromEntries(Object.entries(entries).filter(([, path]) => existsSync(path))),
  outdir: 'dist',
  bundle: true,
  splitting: true,
  external: whereInstalled,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  banner: { js: commonJs },
  minifySyntax: true,
  sourcemap: true,
  sourcesContent: false,
  plugins: [rawText],
  logLevel: 'warning',
};
