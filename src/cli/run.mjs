/* Entry of all npm scripts, in plain JavaScript: it runs before any dependency is there, and sees to it that they are. */

import { spawn, spawnSync } from 'node:child_process';
import { lstatSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const modified = file => statSync(root + file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const say = line => process.stderr.write(`${line}\n`);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  say(`Node.js ${process.versions.node} is too old: install Node.js 20.19 or newer.`);
  process.exit(1);
}

// Through a link `npm ci` would empty the folder of whoever it belongs to.
const isBorrowed = lstatSync(`${root}node_modules`, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
// npm writes this file when it has installed everything.
if (!isBorrowed && modified('node_modules/.package-lock.json') < modified('package-lock.json') - 1000) {
  say('Installing the dependencies (npm ci) …');
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
  const args = [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    say(`npm ci failed${error ? ` (${error.message})` : ''}: see above. Mend that, then run this again.`);
    process.exit(1);
  }
}

const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  // As npm sets it: where the user stands, for paths among the arguments.
  env: { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() },
});
// The child gets Ctrl+C from the terminal itself, and ends what it has started.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
