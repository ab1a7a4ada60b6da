/** Compiling once and judging often: what each schema's state in the engine is. */

import type { JsonObject } from '../record/record.ts';
import type { Compiled, Engine, Judged } from './types.ts';

export type Judgement = (Judged & { ok: true }) | { ok: false; message: string };

interface Entry {
  schema: JsonObject;
  /** Null until it is compiled, or again after the engine lost it. */
  compiled: Promise<Compiled> | null;
  /** How many events ran into a limit under this schema. */
  strikes: number;
}

const MOST_ENTRIES = 200;
/** An engine that loses a schema again and again while it is used has more to do than it can hold. */
const MOST_ATTEMPTS = 5;
/** Each strike costs half a second and every other schema's compilation: a schema gets only a few. */
const MOST_STRIKES = 3;

const REFUSED = { insecure: 'It is not secure for compilation', 'does-not-compile': 'It does not compile' };

/** Judges event texts against schemas. A schema given as another object than before, for the same uri, replaces it. */
export function createJudge(engine: Engine) {
  const entries = new Map<string, Entry>();

  function entryOf(uri: string, schema: JsonObject): Entry {
    const known = entries.get(uri);
    if (known?.schema === schema) return known;
    const entry: Entry = { schema, compiled: null, strikes: 0 };
    entries.delete(uri);
    entries.set(uri, entry);
    for (const oldest of entries.keys()) {
      if (entries.size <= MOST_ENTRIES) break;
      entries.delete(oldest);
    }
    return entry;
  }

  async function compile(uri: string, schema: JsonObject): Promise<Compiled> {
    let text;
    try {
      text = JSON.stringify(schema);
    } catch {
      return { ok: false, reason: 'limit', message: 'It is nested too deeply' };
    }
    return engine.compile(uri, text);
  }

  return async (uri: string, schema: JsonObject, event: string): Promise<Judgement> => {
    const entry = entryOf(uri, schema);
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      if (entry.strikes >= MOST_STRIKES) {
        return { ok: false, message: `It is not tried again: ${MOST_STRIKES} events ran into a limit under it` };
      }
      const compiling = (entry.compiled ??= compile(uri, schema));
      const forget = () => {
        if (entry.compiled === compiling) entry.compiled = null;
      };
      const compiled = await compiling.catch((error: unknown) => {
        forget();
        throw error;
      });
      if (!compiled.ok) {
        const { reason, message } = compiled;
        return { ok: false, message: reason === 'limit' ? message : `${REFUSED[reason]}: ${message}` };
      }
      const judged = await engine.judge(uri, event);
      if (judged.ok) return judged;
      if (judged.reason === 'limit') {
        entry.strikes++;
        return { ok: false, message: judged.message };
      }
      // The engine started anew since, or made room: compile again.
      forget();
    }
    throw new Error(`The validator could not keep the schema at ${uri}. Try again`);
  };
}
