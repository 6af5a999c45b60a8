// `npm run dev`: builds again whatever changes, and starts the server again. Everything after the command is left as in
// `npm start`: same environment, same data folder.
import { spawn } from 'node:child_process';
import { context } from 'esbuild';
import { build as buildWorkspace } from 'vite';
import { serverBundle } from './bundle.mjs';

let server;
let ending = false;
let again = Promise.resolve();

const restart = {
  name: 'restart',
  setup({ onEnd }) {
    onEnd(({ errors }) => {
      if (errors.length === 0) again = again.then(stop).then(start);
    });
  },
};

// Before anything is started, so that a Ctrl+C at any moment ends what there is. A closed terminal is one too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    ending = true;
    stop().then(() => process.exit(0));
  });

const bundle = await context({ ...serverBundle, plugins: [...serverBundle.plugins, restart] });
await bundle.watch();
await buildWorkspace({ configFile: 'vite.config.ts', logLevel: 'warn', build: { watch: {} } });

// Out of the reach of the terminal's signals: it ends when we say so, in order, and its PostgreSQL with it.
function start() {
  if (ending) return;
  server = spawn(process.execPath, ['--enable-source-maps', 'dist/main.js'], { stdio: 'inherit', detached: true });
}

async function stop() {
  // One that crashed has a signal instead of a status.
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
}
