/** The published JSON Schema, read: what it allows at a place. Faults and completion both come from it. */

import schema from './plan.schema.json' with { type: 'json' };

/** As much of JSON Schema as the plan's uses. */
export interface Schema {
  $ref?: string;
  description?: string;
  type?: string | string[];
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: Schema[];
  properties?: { [name: string]: Schema };
  additionalProperties?: boolean | Schema;
  required?: string[];
  minProperties?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  minLength?: number;
  maxLength?: number;
}

export const PLAN_SCHEMA: Schema = schema;
const DEFINITIONS: { [name: string]: Schema } = schema.definitions;

/** The schema behind a reference. */
export function resolved(found: Schema): Schema {
  const name = found.$ref?.slice('#/definitions/'.length);
  return name === undefined ? found : (DEFINITIONS[name] ?? {});
}

/** A schema and all of its alternatives. */
export function alternatives(found: Schema): Schema[] {
  const own = resolved(found);
  return own.anyOf ? own.anyOf.flatMap(alternatives) : [own];
}

/** What is allowed under these names; a number stands for an item. */
export function schemasAt(path: readonly (string | number)[]): Schema[] {
  let here = alternatives(PLAN_SCHEMA);
  for (const step of path) {
    here = here.flatMap(one => {
      if (typeof step === 'number') return one.items ? alternatives(one.items) : [];
      const more = one.additionalProperties;
      const found = one.properties?.[step] ?? (typeof more === 'object' ? more : undefined);
      return found ? alternatives(found) : [];
    });
  }
  return here;
}

export const typesOf = ({ type }: Schema): string[] => (type === undefined ? [] : [type].flat());
