/** Compiling once and judging often: what each schema's state in the engine is. */

import type { JsonObject } from '../record/record.ts';
import type { Compiled, Engine, Judged } from './types.ts';

export type Judgement = (Judged & { ok: true }) | { ok: false; message: string };

interface Entry {
  schema: JsonObject;
  /** Null until it is compiled, or again after the engine lost it. */
  compiled: Promise<Compiled> | null;
  /** How often it ran into a limit, compiling or judging. */
  strikes: number;
}

const MOST_ENTRIES = 200;
/** An engine that loses a schema again and again while it is used has more to do than it can hold. */
const MOST_ATTEMPTS = 50;
/**
 * A limit may be the machine's fault, so a schema is tried again; but each time costs up to a second or so, and every
 * other schema's compilation.
 */
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

  async function compileText(uri: string, schema: JsonObject): Promise<Compiled> {
    let text;
    try {
      text = JSON.stringify(schema);
    } catch {
      return { ok: false, reason: 'limit', message: 'It is nested too deeply' };
    }
    return engine.compile(uri, text);
  }

  /** What can be otherwise the next time is not kept. */
  async function compile(uri: string, entry: Entry): Promise<Compiled> {
    try {
      const compiled = await compileText(uri, entry.schema);
      if (!compiled.ok && compiled.reason === 'limit') {
        entry.strikes++;
        entry.compiled = null;
      }
      return compiled;
    } catch (error) {
      entry.compiled = null;
      throw error;
    }
  }

  return async (uri: string, schema: JsonObject, event: string): Promise<Judgement> => {
    const entry = entryOf(uri, schema);
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      if (entry.strikes >= MOST_STRIKES) {
        return {
          ok: false,
          message: `It ran into a limit ${MOST_STRIKES} times and is not tried again until a restart`,
        };
      }
      const compiling = (entry.compiled ??= compile(uri, entry));
      const compiled = await compiling;
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
      if (entry.compiled === compiling) entry.compiled = null;
    }
    throw new Error(`The validator could not keep the schema at ${uri}. Try again`);
  };
}
