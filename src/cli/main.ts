/** `node --import tsx src/cli/main.ts <command> <arguments>`; npm's scripts come here by `run.mjs`. */

import { closeAll } from './browsers/process.ts';
import { CommandError, EXIT, say, usage } from './command.ts';

/** A command takes its arguments and answers its exit code. */
type Command = (args: string[]) => Promise<number>;

const COMMANDS: { [name: string]: () => Promise<Command> } = {
  start: async () => (await import('./start.ts')).start,
  test: async () => (await import('./test.ts')).test,
  inspect: async () => (await import('./inspect.ts')).inspect,
  validate: async () => (await import('./validate.ts')).validate,
  compare: async () => (await import('./compare.ts')).compare,
  docs: async () => (await import('./docs.ts')).docs,
  build: async () => (await import('./package.ts')).build,
  package: async () => (await import('./package.ts')).packageBoth,
  wiki: async () => (await import('./elsewhere.ts')).wiki,
  real: async () => (await import('./elsewhere.ts')).real,
  bench: async () => (await import('./elsewhere.ts')).bench,
};

const [name = '', ...args] = process.argv.slice(2);
// Ctrl+C and the like leave no browser and no profile behind.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => void closeAll().finally(() => process.exit(EXIT.failed)));

try {
  const load = COMMANDS[name];
  if (!load) throw usage(`There is no command ${name || '""'}: give one of ${Object.keys(COMMANDS).join(', ')}.`);
  process.exitCode = await (await load())(args);
} catch (error) {
  if (error instanceof CommandError) say(error.message);
  else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = error instanceof CommandError ? error.code : EXIT.failed;
}
