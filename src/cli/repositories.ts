/** Schema repositories and stream configs as the command line names them: folders, files and addresses. */

import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createFilesRepository } from '../validation/files-repository.ts';
import { createHttpRepositories } from '../validation/http-repository.ts';
import { politely, type Read } from '../validation/read.ts';
import type { ParseSchema, Repository, StreamConfigs } from '../validation/types.ts';
import { messageOf, usage, webAddress } from './command.ts';
import { folder } from './folder.ts';

/** Where paths of the command line start, whatever folder npm runs in. */
export const fromHere = (path: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), path);

const isAddress = (value: string) => /^https?:\/\//i.test(value);

const STREAM_CONFIGS_LIMIT = 10_000_000;

/** Reads over HTTP without cookies and redirects. */
export const read: Read = async (url, limit) => {
  const response = await fetch(url, { redirect: 'manual', credentials: 'omit', signal: AbortSignal.timeout(5_000) });
  const { status } = response;
  if (status >= 300 && status < 400) return { ok: false, status, reason: 'redirect' };
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    return { ok: false, status, reason: 'status' };
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > limit) {
      await reader.cancel();
      return { ok: false, status, reason: 'too-large' };
    }
    chunks.push(part.value);
  }
  return { ok: true, status, text: Buffer.concat(chunks).toString('utf8') };
};

/**
 * The repositories of these arguments, in their order. Drafts in a folder find their `$ref`s in all of them.
 * @throws bad usage where one is neither a folder nor an address
 */
export function repositoriesOf(values: readonly string[], parse: ParseSchema): Repository[] {
  const repositories: Repository[] = [];
  for (const value of values) {
    if (isAddress(value)) {
      repositories.push(...createHttpRepositories([webAddress(value).href], { read, parse }));
      continue;
    }
    const path = fromHere(value);
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      throw usage(`--repository ${value} is no folder and no http or https address.`);
    }
    repositories.push(createFilesRepository(value, folder(path), { parse, others: repositories }));
  }
  return repositories;
}

async function textOf(value: string): Promise<string> {
  if (!isAddress(value)) return readFile(fromHere(value), 'utf8');
  const answer = await politely(read)(webAddress(value).href, STREAM_CONFIGS_LIMIT);
  if (answer.ok) return answer.text;
  throw new Error(answer.status === null ? answer.reason : `${answer.reason} ${answer.status}`);
}

/**
 * Stream configs from a file or an address: what `action=streamconfigs` answers, or only its `streams`.
 * @throws bad usage where they cannot be read
 */
export async function streamConfigsOf(value: string): Promise<NonNullable<StreamConfigs>> {
  try {
    const answer: unknown = JSON.parse(await textOf(value));
    const streams = isObject(answer) && isObject(answer['streams']) ? answer['streams'] : answer;
    if (!isObject(streams)) throw new Error('it holds no object of streams');
    return Object.fromEntries(
      Object.entries(streams).filter(([, config]) => isObject(config)),
    ) as NonNullable<StreamConfigs>;
  } catch (error) {
    throw usage(`--stream-configs ${value} cannot be read: ${messageOf(error)}`);
  }
}

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
