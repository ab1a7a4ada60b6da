/** The verdict on an event, step by step in the intake's own order. */

import {
  fillDefaults,
  LIMITS,
  PUBLIC_SERVICES,
  refuseHoisting,
  refuseTitle,
  schemaOf,
  streamOf,
  titleOf,
} from '../platform/intake.ts';
import { at, textAt } from '../platform/json.ts';
import type { Fall, Json, JsonObject, Verdict } from '../record/record.ts';
import { brief, describe } from './describe.ts';
import type { Draft } from './draft.ts';
import { createJudge } from './judge.ts';
import { valueAt } from '../platform/pointer.ts';
import { inOrder } from './repositories.ts';
import { isSchemaUri } from './schema-uri.ts';
import type { Engine, Repository, SchemaAnswer, StreamConfigs, Validator } from './types.ts';

const MOST_SCHEMAS_A_LOAD = 50;
const MOST_LOADS = 100;

export interface ValidatorOptions {
  engine: Engine;
  /** In order of preference. */
  repositories: readonly Repository[];
  /** Drafts that are bound to a stream: its events are judged by them, whatever `$schema` they name. */
  drafts?: readonly Draft[];
  /** The events are as the intake's validator gets them: nothing is filled in, and streams are not checked. */
  asReceived?: boolean;
  /** The intake services that may be meant; null for any. By default those that take events from outside. */
  services?: readonly string[] | null;
}

/** The size of a text in bytes where it exceeds a limit; null where it does not. */
function sizeBeyond(limit: number, text: string): number | null {
  if (text.length * 3 <= limit) return null;
  const { length } = new TextEncoder().encode(text);
  return length > limit ? length : null;
}

function write(event: Json): string {
  try {
    return JSON.stringify(event);
  } catch {
    throw new Error('the event is nested too deeply');
  }
}

const failed = (verdict: Verdict['verdict'], cause: string, fell?: Fall): Verdict => ({
  verdict,
  errors: [],
  ...(fell ? { fell } : {}),
  cause,
});

/** Where an event fell, with what it has there. */
function fall(step: Fall['step'], path: string | null, event: Json, expected?: Json): Fall {
  const actual = path === null ? undefined : brief(valueAt(event, path));
  return {
    step,
    path,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  };
}

const VERDICT_WITHOUT_SCHEMA = {
  'not-found': 'unknown-schema',
  refused: 'unknown-schema',
  'not-yaml': 'unreadable-schema',
  'too-large': 'unreadable-schema',
  unavailable: 'unavailable',
} as const satisfies { [reason in (SchemaAnswer & { found: false })['reason']]: Verdict['verdict'] };

/** The subject id is wrong, or the stream is. */
function fallAtHoisting(event: Json): Fall {
  const subject = '/experiment/subject_id';
  return valueAt(event, subject) === 'awaiting'
    ? fall('hoisting', '/meta/stream', event)
    : fall('hoisting', subject, event, 'awaiting');
}

/** Counts the distinct schemas that each page load asks for, of the newest page loads. */
function createBudget() {
  const loads = new Map<string, Set<string>>();
  return (load: string, uri: string): boolean => {
    const uris = loads.get(load) ?? new Set();
    loads.set(load, uris);
    for (const oldest of loads.keys()) {
      if (loads.size <= MOST_LOADS) break;
      loads.delete(oldest);
    }
    if (uris.size < MOST_SCHEMAS_A_LOAD) uris.add(uri);
    return uris.has(uri);
  };
}

/** Gives verdicts with this engine over these repositories. */
export function createValidator({
  engine,
  repositories,
  drafts = [],
  asReceived = false,
  services = PUBLIC_SERVICES,
}: ValidatorOptions): Validator {
  const schemas = inOrder(repositories);
  const judge = createJudge(engine);
  const mayRead = createBudget();

  async function readSchema(uri: string, load: string | undefined): Promise<SchemaAnswer> {
    if (!isSchemaUri(uri)) {
      const message = `${uri.slice(0, 300)} is not the address of a schema: /<title>/<version>, as in /my/title/1.0.0`;
      return { found: false, reason: 'refused', message };
    }
    if (load !== undefined && !mayRead(load, uri)) {
      const message = `This page load asked for more than ${MOST_SCHEMAS_A_LOAD} schemas; ${uri} was not read. Reload the page`;
      return { found: false, reason: 'unavailable', message };
    }
    return schemas.read(uri);
  }

  async function validate(uri: string, schema: JsonObject, event: Json, config: JsonObject | null): Promise<Verdict> {
    const filled =
      asReceived || typeof event !== 'object' || event === null || Array.isArray(event)
        ? event
        : fillDefaults(event, schema, config, { now: new Date().toISOString(), uuid: crypto.randomUUID() });
    const text = write(filled);
    const judged = await judge(uri, schema, text);
    if (!judged.ok) {
      return failed('unreadable-schema', `Schema at ${uri}: ${judged.message}`, fall('compilation', '/$schema', event));
    }
    if (!judged.valid) {
      const errors = judged.errors.map(error => describe(error, schema, filled));
      const verdict: Verdict = { verdict: 'invalid', errors, fell: { step: 'validation', path: null } };
      return judged.omitted === 0
        ? verdict
        : { ...verdict, cause: `and ${judged.omitted} more errors, which are not listed` };
    }
    const size = sizeBeyond(LIMITS.message, text);
    return size === null
      ? { verdict: 'valid', errors: [] }
      : failed('too-large', `The event has ${size} bytes; the intake's queue takes ${LIMITS.message}.`, {
          step: 'message',
          path: null,
          expected: LIMITS.message,
          actual: size,
        });
  }

  async function decide(event: Json, streams: StreamConfigs, load: string | undefined): Promise<Verdict> {
    const size = sizeBeyond(LIMITS.body, write(event));
    if (size !== null) {
      const fell: Fall = { step: 'body', path: null, expected: LIMITS.body, actual: size };
      return failed('too-large', `The event has ${size} bytes; the intake reads ${LIMITS.body}.`, fell);
    }

    const named = schemaOf(event);
    if ('verdict' in named) return failed(named.verdict, named.cause, fall('$schema', '/$schema', event));
    const { uri } = named;

    const to = streams === null || asReceived ? null : streamOf(event, streams, services);
    if (to && 'verdict' in to) return failed(to.verdict, to.cause, fall('stream', '/meta/stream', event));

    const stream = textAt(event, 'meta', 'stream');
    const draft = drafts.find(one => one.stream !== null && one.stream === stream);
    const answer = await (draft && isSchemaUri(uri) ? draft.read(uri) : readSchema(uri, load));
    if (to) {
      const title = answer.found ? answer.schema['title'] : titleOf(uri);
      // What is drafted for a stream is not yet what its config names.
      const wrong = draft ? null : refuseTitle(to.stream, to.config, title);
      if (wrong) {
        const fell = fall('schema-title', '/$schema', event, at(to.config, 'schema_title'));
        return failed(wrong.verdict, wrong.cause, fell);
      }
      const refusal = refuseHoisting(event, to.stream, to.config);
      if (refusal) return failed(refusal.verdict, refusal.cause, fallAtHoisting(event));
    }
    if (!answer.found) {
      return failed(VERDICT_WITHOUT_SCHEMA[answer.reason], answer.message, fall('schema', '/$schema', event));
    }

    const config = to ? to.config : null;
    if (!draft) return validate(uri, answer.schema, event, config);
    const verdict = await validate(`${draft.name} ${uri}`, answer.schema, event, config);
    return { cause: `Judged by the ${draft.name}, whatever schema the event names`, ...verdict };
  }

  return {
    async verdict(event, streams, load) {
      if (event === null) return { verdict: 'none', errors: [] };
      try {
        return await decide(event, streams, load);
      } catch (error) {
        // An engine or a repository that does not work, or an event that cannot be written.
        const message = error instanceof Error ? error.message : String(error);
        return failed('unavailable', `No verdict: ${message}`);
      }
    },
  };
}
