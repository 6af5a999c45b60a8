import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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

// esbuild escapes what is beyond ASCII in strings, and leaves it in regular expressions and the comments of libraries. A single such
// character, and V8 holds the text of the whole file in two bytes a character, as long as the program runs: 14 MB.
// In a raw template (`String.raw`) the escape stays as it is written: right in a pattern, wrong in a text.
const asciiOnly = {
  name: 'ascii-only',
  setup({ onEnd }) {
    onEnd(({ metafile }) => {
      for (const path of Object.keys(metafile?.outputs ?? {}).filter((each) => each.endsWith('.js'))) {
        const text = readFileSync(path, 'utf8');
        const escaped = text.replaceAll(/[^\0-\x7f]/g, escapeUnit);
        if (escaped !== text) writeFileSync(path, escaped);
      }
    });
  },
};
const escapeUnit = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

// mailauth also draws senders' logos (BIMI), which nobody here asks for: 1.3 MB of certificates and drawings, 6 of memory.
const withoutLogos = {
  name: 'without-logos',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/bimi(\/|$)/ }, ({ importer, path }) =>
      importer.includes(join('node_modules', 'mailauth')) ? { path, namespace: 'without' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'without' }, () => ({ contents: 'module.exports = {};' }));
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
  metafile: true,
  plugins: [rawText, withoutLogos, asciiOnly],
  logLevel: 'warning',
};
