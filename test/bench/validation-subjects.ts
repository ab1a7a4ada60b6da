/** A typical and a large schema in the platform's conventions, each with a valid event. */

import type { JsonObject } from '../../src/record/record.ts';

export interface Subject {
  title: string;
  stream: string;
  schema: JsonObject;
  event: JsonObject;
}

const TEXT: JsonObject = { type: 'string', minLength: 1, maxLength: 255, description: 'A short text about the action' };
const ID: JsonObject = { type: 'string', maxLength: 64, pattern: '^[0-9a-f]{20}$' };
const COUNT: JsonObject = { type: 'integer', minimum: 0, maximum: 9007199254740991 };
const TIME: JsonObject = { type: 'string', format: 'date-time', maxLength: 128 };
const KIND: JsonObject = { type: 'string', maxLength: 64, enum: ['desktop_browser', 'mobile_browser', 'app', 'other'] };
const FLAG: JsonObject = { type: 'boolean' };

/** Kinds of properties, each with a value that it takes. */
const KINDS: [JsonObject, JsonObject[string]][] = [
  [TEXT, 'some words of a usual length, as they come'],
  [ID, '80000000c0ffee00c0ff'],
  [COUNT, 17],
  [TIME, '2026-11-23T21:17:33.154Z'],
  [KIND, 'desktop_browser'],
  [FLAG, true],
];

function group(size: number): { schema: JsonObject; value: JsonObject } {
  const properties: JsonObject = {};
  const value: JsonObject = {};
  for (let index = 0; index < size; index++) {
    const [kind, given] = KINDS[index % KINDS.length] ?? [FLAG, true];
    properties[`property_${index}`] = kind;
    value[`property_${index}`] = given;
  }
  return { schema: { type: 'object', properties, additionalProperties: false }, value };
}

/** A schema with `groups` objects of `size` properties, and an event that has them all. */
function subject(name: string, groups: number, size: number): Subject {
  const title = `bench/${name}`;
  const stream = `bench.${name}`;
  const parts = Array.from({ length: groups }, (_, index) => ({ name: `group_${index}`, ...group(size) }));
  return {
    title,
    stream,
    schema: {
      $schema: 'https://json-schema.org/draft-07/schema#',
      $id: `/${title}/1.0.0`,
      title,
      type: 'object',
      properties: {
        $schema: { type: 'string', maxLength: 255 },
        meta: {
          type: 'object',
          properties: { stream: TEXT, dt: TIME, id: TEXT, domain: TEXT, request_id: TEXT },
          required: ['stream', 'dt'],
        },
        dt: TIME,
        ...Object.fromEntries(parts.map(part => [part.name, part.schema])),
      },
      required: ['$schema', 'meta', 'dt'],
      additionalProperties: false,
    },
    event: {
      $schema: `/${title}/1.0.0`,
      meta: { stream, domain: 'wiki.example', dt: '2026-11-23T21:17:33.154Z' },
      dt: '2026-11-23T21:17:33.154Z',
      ...Object.fromEntries(parts.map(part => [part.name, part.value])),
    },
  };
}

/** 36 properties, 3.4 kB; the event has 1.2 kB. */
export const TYPICAL = subject('typical', 4, 7);
/** 300 properties, 27 kB; the event has 11 kB. */
export const LARGE = subject('large', 42, 7);
