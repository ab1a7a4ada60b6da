/**
 * The guest: EventGate's validator, run inside QuickJS. Bundled on its own to one script (`guest-plugin.ts`), so that
 * the same bytes judge in the extension's worker and in Node. It knows no host: JSON text in, JSON text out.
 *
 * The set-up is EventGate's (wikimedia/eventgate lib/EventValidator.js): Ajv 6 with `useDefaults`, `schemaId: 'auto'`
 * and `allErrors`, every schema checked with json-schema-secure first. Only the instance differs: one per schema,
 * because schemas whose nested `$id`s collide do not compile in a shared one.
 */

import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import draft04 from 'ajv/lib/refs/json-schema-draft-04.json';
import draft06 from 'ajv/lib/refs/json-schema-draft-06.json';
import draft07 from 'ajv/lib/refs/json-schema-draft-07.json';
import secure from 'ajv/lib/refs/json-schema-secure.json';
import type { Compiled, Judged } from './types.ts';

const OPTIONS: Ajv.Options = {
  useDefaults: true,
  schemaId: 'auto',
  allErrors: true,
  jsonPointers: true,
  // Schemas are validated by the shared `drafts`.
  validateSchema: false,
  logger: false,
};
/** An event can break a rule in each of its properties; more errors than this are counted, not listed. */
const MOST_ERRORS = 1_000;

/** Both spellings of draft 7's address are in use in the schemas. */
const instance = () =>
  new Ajv(OPTIONS)
    .addMetaSchema(draft04)
    .addMetaSchema(draft06)
    .addSchema(draft07, 'https://json-schema.org/draft-07/schema');

/** Checks schemas against their draft; shared, since a draft takes longer to compile than most schemas written in it. */
const drafts = instance();
const isSecure = drafts.compile(secure);
drafts.validateSchema(draft07);

/** Hardly any schema refers to a draft, and an instance that knows the drafts takes longer to make than most compile. */
function compileAlone(schema: object): ValidateFunction {
  try {
    return new Ajv({ ...OPTIONS, meta: false }).compile(schema);
  } catch (error) {
    if (error instanceof Ajv.MissingRefError) return instance().compile(schema);
    throw error;
  }
}

/** The least recently used goes first: compiled schemas are large, and this memory has an end. */
const MOST_SCHEMAS = 100;
const compiled = new Map<string, ValidateFunction>();

function keep(uri: string, validate: ValidateFunction): void {
  compiled.delete(uri);
  compiled.set(uri, validate);
  for (const oldest of compiled.keys()) {
    if (compiled.size <= MOST_SCHEMAS) break;
    compiled.delete(oldest);
  }
}

function refusal(error: unknown): Compiled {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  // QuickJS throws InternalError where the stack or the memory ends.
  return { ok: false, reason: name === 'InternalError' ? 'limit' : 'does-not-compile', message };
}

function compile(uri: string, text: string): Compiled {
  compiled.delete(uri);
  try {
    const schema: object = JSON.parse(text);
    if (!isSecure(schema)) {
      return { ok: false, reason: 'insecure', message: drafts.errorsText(isSecure.errors, { dataVar: 'schema' }) };
    }
    if (!drafts.validateSchema(schema)) {
      return {
        ok: false,
        reason: 'does-not-compile',
        message: drafts.errorsText(drafts.errors, { dataVar: 'schema' }),
      };
    }
    keep(uri, compileAlone(schema));
    return { ok: true };
  } catch (error) {
    return refusal(error);
  }
}

const toVerdictError = ({ dataPath, schemaPath, keyword, message, params }: ErrorObject) => ({
  instancePath: dataPath,
  schemaPath,
  keyword,
  message: message ?? '',
  params: { ...params },
});

function judge(uri: string, text: string): Judged {
  const validate = compiled.get(uri);
  if (!validate) return { ok: false, reason: 'not-compiled', message: uri };
  keep(uri, validate);
  try {
    const valid = validate(JSON.parse(text)) === true;
    const errors = valid ? [] : (validate.errors ?? []);
    return {
      ok: true,
      valid,
      errors: errors.slice(0, MOST_ERRORS).map(toVerdictError),
      omitted: Math.max(0, errors.length - MOST_ERRORS),
    };
  } catch (error) {
    return { ok: false, reason: 'limit', message: error instanceof Error ? error.message : String(error) };
  }
}

Object.assign(globalThis, {
  compile: (uri: string, text: string) => JSON.stringify(compile(uri, text)),
  judge: (uri: string, text: string) => JSON.stringify(judge(uri, text)),
});
