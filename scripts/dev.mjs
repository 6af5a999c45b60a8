// `npm run dev`: builds again whatever changes, and starts the server again. Everything after the command is left as in
// `npm start`: same environment, same data folder.
import { spawn } from 'node:child_process';
import { context } from 'esbuild';
import { build as buildWorkspace } from 'vite';
import { serverBundle } from './bundle.mjs';

let server;
let again = Promise.resolve();

const restart = {
  name: 'restart',
  setup({ onEnd }) {
    onEnd(({ errors }) => {
      if (errors.length === 0) again = again.then(stop).then(start);
    });
  },
};

const bundle = await context({ ...serverBundle, plugins: [...serverBundle.plugins, restart] });
await bundle.watch();
await buildWorkspace({ configFile: 'vite.config.ts', logLevel: 'warn', build: { watch: {} } });
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop().then(() => process.exit(0)));

function start() {
  server = spawn(process.execPath, ['--enable-source-maps', 'dist/main.js'], { stdio: 'inherit' });
}

async function stop() {
  // One that crashed has a signal instead of a status.
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
}
