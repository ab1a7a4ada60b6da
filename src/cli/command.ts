import { fileURLToPath } from 'node:url';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { BrowserName } from './browsers/types.ts';

/** The project's folder, with a trailing slash. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Exit codes of all commands. */
export const EXIT = { ok: 0, failed: 1, usage: 2, noBrowser: 3 } as const;

/** Ends a command with one clear line on standard error. */
export class CommandError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

export const usage = (message: string) => new CommandError(EXIT.usage, message);

/** Says what a command is doing, on standard error: standard output is for results. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** `parseArgs` of Node, with its complaints as bad usage. */
export function parse<const T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw usage(messageOf(error));
  }
}

const BROWSERS: BrowserName[] = ['chromium', 'firefox'];

export function browserName(value: string): BrowserName {
  const name = BROWSERS.find(one => one === value);
  if (!name) throw usage(`--browser ${value} is none: give ${BROWSERS.join(' or ')}.`);
  return name;
}

/** @throws bad usage where it is no http or https address */
export function webAddress(value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw usage(`${value} is no address of a web page: give one that begins with http:// or https://.`);
}
