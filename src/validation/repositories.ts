/** Several repositories as one: asked in order, each question once, remembered for as long as the answer holds. */

import { isImmutable } from './schema-uri.ts';
import type { Repository, SchemaAnswer } from './types.ts';
import { newestOf, versionOf } from './versions.ts';

const MOST_SCHEMAS = 200;
/** How long an answer holds, in milliseconds. A failure only long enough that a burst of events is one question. */
const HOLDS = { moving: 60_000, failure: 3_000 };

function holds(uri: string, answer: SchemaAnswer): number {
  if (!answer.found) return HOLDS.failure;
  return isImmutable(uri) ? Infinity : HOLDS.moving;
}

/** The first schema in order, as EventGate finds it. What no repository has is only known once all could be asked. */
async function ask(repositories: readonly Repository[], uri: string): Promise<SchemaAnswer> {
  let failure: SchemaAnswer | null = null;
  for (const repository of repositories) {
    const answer = await repository.read(uri);
    if (answer.found) return answer;
    if (answer.reason !== 'not-found') failure ??= answer;
  }
  if (failure) return failure;
  const asked = repositories.map(({ name }) => name).join(', ') || 'no repository';
  const message = `No schema ${uri} (asked: ${asked}). Check the version, or add the repository that holds it`;
  return { found: false, reason: 'not-found', message };
}

/** Asks these repositories in order. `now` gives milliseconds, for tests. */
export function inOrder(repositories: readonly Repository[], now: () => number = Date.now): Repository {
  const known = new Map<string, { answer: Promise<SchemaAnswer>; until: number }>();

  return {
    name: repositories.map(({ name }) => name).join(', '),
    read(uri) {
      const before = known.get(uri);
      if (before && now() < before.until) return before.answer;
      known.delete(uri);
      const entry = { answer: ask(repositories, uri), until: Infinity };
      known.set(uri, entry);
      entry.answer.then(
        answer => (entry.until = now() + holds(uri, answer)),
        () => (entry.until = 0),
      );
      for (const oldest of known.keys()) {
        if (known.size <= MOST_SCHEMAS) break;
        known.delete(oldest);
      }
      return entry.answer;
    },
  };
}

/** The version that a repository's `latest` names, for repositories that cannot list. */
async function latestOf(repository: Repository, title: string): Promise<string | null> {
  const answer = await repository.read(`/${title}/latest`);
  const id = answer.found ? answer.schema['$id'] : null;
  return typeof id === 'string' && id.startsWith(`/${title}/`) ? newestOf([versionOf(id)]) : null;
}

/**
 * The newest version of a schema in the first of these repositories that has any, remembered for a minute. Null where
 * none tells. `now` gives milliseconds, for tests.
 */
export function newestOfAll(repositories: readonly Repository[], now: () => number = Date.now) {
  const known = new Map<string, { answer: Promise<string | null>; until: number }>();

  async function find(title: string): Promise<string | null> {
    for (const repository of repositories) {
      const version = await (repository.newest ? repository.newest(title) : latestOf(repository, title));
      if (version !== null) return version;
    }
    return null;
  }

  return (title: string): Promise<string | null> => {
    const before = known.get(title);
    if (before && now() < before.until) return before.answer;
    known.delete(title);
    const answer = find(title).catch(() => null);
    known.set(title, { answer, until: now() + HOLDS.moving });
    for (const oldest of known.keys()) {
      if (known.size <= MOST_SCHEMAS) break;
      known.delete(oldest);
    }
    return answer;
  };
}
