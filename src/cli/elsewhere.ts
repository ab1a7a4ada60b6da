/** Commands whose work lies in test/: each is a program of its own there, with its own arguments. */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { browserName, EXIT, ROOT, usage } from './command.ts';
import { packExtension } from './package.ts';
import { ensureBrowser } from './setup.ts';

/** Runs a TypeScript program in a process of its own, with this one's input and output, and answers its exit code. */
function program(file: string, args: string[], environment: NodeJS.ProcessEnv = {}): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  const stop = () => child.kill('SIGTERM');
  process.once('exit', stop);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => {
      process.off('exit', stop);
      resolve(code ?? EXIT.failed);
    });
  });
}

/** The value of `--browser` among arguments that another program parses. */
function askedBrowser(args: string[]): string {
  const at = args.findIndex(arg => arg === '--browser' || arg.startsWith('--browser='));
  return (args[at]?.includes('=') ? args[at]?.split('=')[1] : args[at + 1]) ?? 'chromium';
}

/** Sets up what a program that opens the packed extension in a browser needs. */
async function withBrowser(file: string, args: string[]): Promise<number> {
  const browser = browserName(args.some(arg => arg.startsWith('--browser')) ? askedBrowser(args) : 'chromium');
  await ensureBrowser(browser);
  await packExtension();
  return program(file, args);
}

/** `npm run wiki -- [--port N]` */
export const wiki = (args: string[]): Promise<number> => program('test/wiki/main.ts', args);

/** `npm run real -- --sources DIR [--browser ..]` */
export const real = (args: string[]): Promise<number> =>
  args.some(arg => arg.startsWith('--sources'))
    ? withBrowser('test/real/main.ts', args)
    : program('test/real/main.ts', args);

/** `npm run bench -- <name> [--browser ..]` */
export async function bench([name = '', ...args]: string[]): Promise<number> {
  const file = `test/bench/${name}.ts`;
  if (!/^[a-z-]+$/.test(name) || !existsSync(ROOT + file))
    throw usage(`There is no benchmark ${name || '""'} (${file}).`);
  return withBrowser(file, args);
}
