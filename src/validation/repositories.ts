/** Several repositories as one: asked in order, each question once, remembered for as long as the answer holds. */

import { isImmutable } from './schema-uri.ts';
import type { Repository, SchemaAnswer } from './types.ts';

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
