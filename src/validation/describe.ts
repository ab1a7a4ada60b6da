/** What was expected and what was there: the words that Ajv leaves out of its errors. */

import type { Json, JsonObject, VerdictError } from '../record/record.ts';
import { below, valueAt } from '../platform/pointer.ts';

/** What is longer says more than it explains, and every record would hold it. */
const LONGEST = 300;
const CUT = 120;

/** A value as far as it is worth showing: long strings are cut, what else is long is undefined. */
export function brief(value: Json | undefined): Json | undefined {
  if (typeof value === 'string') return value.length > CUT ? `${value.slice(0, CUT)}…` : value;
  if (typeof value !== 'object' || value === null) return value;
  return JSON.stringify(value).length > LONGEST ? undefined : value;
}

/** `#/properties/a~1b/type` as Ajv 6 writes it: a JSON Pointer in a URI fragment. Other schemas' are not looked up. */
function inSchema(schema: JsonObject, schemaPath: string): Json | undefined {
  if (!schemaPath.startsWith('#')) return undefined;
  try {
    return valueAt(schema, decodeURIComponent(schemaPath.slice(1)));
  } catch {
    return undefined;
  }
}

const textOf = (value: Json | undefined) => (typeof value === 'string' ? value : undefined);

/** Only where there is a value: an absent field and a field without a value are not the same in JSON. */
const present = <Key extends string>(key: Key, value: Json | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [key in Key]?: Json };

/** Adds to an error what the schema expected and what the event (as it was judged) has there. */
export function describe(error: VerdictError, schema: JsonObject, event: Json): VerdictError {
  const { instancePath, schemaPath, keyword, params = {} } = error;
  const tooMany = keyword === 'additionalProperties' ? textOf(params['additionalProperty']) : undefined;
  const at = tooMany === undefined ? instancePath : below(instancePath, tooMany);
  const missing = keyword === 'required' ? textOf(params['missingProperty']) : undefined;
  return {
    ...error,
    at,
    ...present('expected', brief(missing ?? inSchema(schema, schemaPath))),
    // Of a missing property nothing is there, and the object around it says nothing.
    ...(missing === undefined ? present('actual', brief(valueAt(event, at))) : {}),
  };
}
