/** Commands whose work lies in test/: each is a program of its own there, with its own arguments. */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { BrowserName } from './browsers/types.ts';
import { browserName, EXIT, parse, ROOT, usage } from './command.ts';
import { packExtension, unpacked } from './package.ts';
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

/** Sets up what a program that opens the packed extension in a browser needs, and answers that browser. */
async function prepare(args: string[]): Promise<BrowserName> {
  // All other arguments are the program's own.
  const { browser } = parse({ args, strict: false, options: { browser: { type: 'string' } } }).values;
  const name = browserName(typeof browser === 'string' ? browser : 'chromium');
  await ensureBrowser(name);
  await packExtension();
  return name;
}

/** `npm run wiki -- [--port N]` */
export const wiki = (args: string[]): Promise<number> => program('test/wiki/main.ts', args);

/** `npm run real -- --sources DIR [--browser ..]`, the same with `--plan`, or `--drafts [--tools DIR] [--browser ..]` */
export async function real(args: string[]): Promise<number> {
  if (args.includes('--plan')) {
    await prepare(args);
    return program('test/real/plan.ts', args);
  }
  if (args.includes('--drafts')) {
    parse({ args, options: { drafts: { type: 'boolean' }, tools: { type: 'string' }, browser: { type: 'string' } } });
    await prepare(args);
    return program('test/real/drafts.ts', args);
  }
  const file = 'test/real/main.ts';
  // Without sources it opens no browser.
  if (!args.some(arg => arg.startsWith('--sources'))) return program(file, args);
  return program(file, ['--extension', unpacked(await prepare(args)), ...args]);
}

/** Benchmarks that run in Node, and in a browser only where one is named. */
const IN_NODE = ['checks', 'files', 'validation'];

/** `npm run bench -- <name> [--browser ..]` */
export async function bench([name = '', ...args]: string[]): Promise<number> {
  const file = `test/bench/${name}.ts`;
  if (!/^[a-z-]+$/.test(name) || !existsSync(ROOT + file))
    throw usage(`There is no benchmark ${name || '""'} (${file}).`);
  if (!IN_NODE.includes(name) || args.some(arg => arg.startsWith('--browser'))) await prepare(args);
  return program(file, args);
}
