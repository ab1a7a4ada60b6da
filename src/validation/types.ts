/** The seams of validation: an engine that compiles and judges, repositories that hold schemas, and what a verdict needs. */

import type { Json, JsonObject, Verdict, VerdictError } from '../record/record.ts';

export type Compiled = { ok: true } | { ok: false; reason: 'insecure' | 'does-not-compile' | 'limit'; message: string };
export type Judged =
  /** `omitted` counts the errors beyond those listed. */
  | { ok: true; valid: boolean; errors: VerdictError[]; omitted: number }
  | { ok: false; reason: 'not-compiled' | 'limit'; message: string };

/**
 * Judges events against schemas as EventGate's validator does. The only implementation runs Ajv inside QuickJS.
 * `limit`: it took too long, needed too much memory or was nested too deeply; what was compiled before may be gone.
 * Rejects where the engine itself cannot run.
 */
export interface Engine {
  /** `uri` names the schema for later `judge` calls; compiling the same uri again replaces it. */
  compile(uri: string, schema: string): Promise<Compiled>;
  /** `event` as JSON text. Defaults of the schema are filled into a copy, as the intake's are. */
  judge(uri: string, event: string): Promise<Judged>;
  close(): void;
}

/** Reads a schema's text, YAML or JSON. Rejects with an Error that says what is wrong with it. */
export type ParseSchema = (text: string) => Promise<JsonObject>;

export type SchemaAnswer =
  | { found: true; schema: JsonObject; repository: string }
  | {
      found: false;
      reason: 'not-found' | 'unavailable' | 'not-yaml' | 'too-large' | 'refused';
      message: string;
      remedy?: Remedy;
    };

/** What a button beside the message can do about it. */
export type Remedy = { do: 'ask-permission'; origin: string } | { do: 'try-again' } | { do: 'connect' };

/** A place that holds schemas at `<title>/<version>`. */
export interface Repository {
  readonly name: string;
  /** `within`: the drafts that are being put together, of which this is a part; a `$ref` must not lead back to them. */
  read(uri: string, within?: readonly string[]): Promise<SchemaAnswer>;
  /** The newest version of a schema that it has; null where it has none, or cannot tell. Never rejects. */
  newest?(title: string): Promise<string | null>;
}

/** What the intake knows of streams, as `action=streamconfigs` answers it; null where it could not be read: then stream and title are not checked. */
export type StreamConfigs = { [stream: string]: JsonObject } | null;

/** Gives each event the verdict of the intake, in the intake's own order. */
export interface Validator {
  /** `load` names the page load that asks: one page load may not make us read more than 50 schemas. Never rejects. */
  verdict(event: Json, streams: StreamConfigs, load?: string): Promise<Verdict>;
}
