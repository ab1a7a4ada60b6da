/** Schemas and events that are meant to do harm: for the engine in Node, and for the worker in both browsers. */

export const FRIENDLY = JSON.stringify({ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] });
export const PATTERN = (pattern: string) =>
  JSON.stringify({ properties: { a: { type: 'string', maxLength: 100_000, pattern } } });
export const EVIL_TEXT = JSON.stringify({ a: `${'a'.repeat(60)}!` });
export const range = <T>(length: number, make: (index: number) => T) =>
  Array.from({ length }, (_, index) => make(index));
const nest = (open: string, close: string, depth: number, inner = '{}') =>
  open.repeat(depth) + inner + close.repeat(depth);
const properties = (count: number, schema: object) =>
  JSON.stringify({ properties: Object.fromEntries(range(count, i => [`property${i}`, schema])) });
const ref = (definitions: object, more: object = {}) =>
  JSON.stringify({ definitions, $ref: '#/definitions/a', ...more });

/** Each is stopped or refused, at compiling or at judging `event`. */
export const STOPPED: { [name: string]: { schema: string; event?: string } } = {
  'nested quantifiers': { schema: PATTERN('^(a+)+$'), event: EVIL_TEXT },
  'overlapping alternatives': { schema: PATTERN('^(a|aa)+$'), event: EVIL_TEXT },
  'a polynomial pattern': { schema: PATTERN('(.*a){25}$'), event: EVIL_TEXT },
  'backreferences that explode': { schema: PATTERN('^(a+)+\\1+$'), event: EVIL_TEXT },
  'a schema 10,000 deep': { schema: nest('{"properties":{"a":', '}}', 10_000) },
  'allOf 10,000 deep': { schema: nest('{"allOf":[', ']}', 10_000) },
  'items 100,000 deep': { schema: nest('{"items":', '}', 100_000) },
  'an event 100,000 deep': { schema: '{}', event: nest('{"a":', '}', 100_000, '1') },
  'a $ref to itself': { schema: '{"allOf":[{"$ref":"#"}]}', event: '{}' },
  'a $ref cycle of two': {
    schema: ref({ a: { $ref: '#/definitions/b' }, b: { $ref: '#/definitions/a' } }),
    event: '{}',
  },
  'a $ref cycle through anyOf': {
    schema: ref({ a: { anyOf: [{ $ref: '#/definitions/b' }] }, b: { anyOf: [{ $ref: '#/definitions/a' }] } }),
    event: '{}',
  },
  '2 to the 30 branches by $ref': {
    schema: ref(
      Object.fromEntries([
        ['a', { $ref: '#/definitions/n30' }],
        ['n0', { type: 'string' }],
        ...range(30, i => [`n${i + 1}`, { allOf: [{ $ref: `#/definitions/n${i}` }, { $ref: `#/definitions/n${i}` }] }]),
      ]),
    ),
    event: '{}',
  },
  '5 MB of description': { schema: JSON.stringify({ description: 'x'.repeat(5 << 20) }) },
  '5 MB of properties': { schema: properties(150_000, { type: 'string' }) },
  '20,000 properties': { schema: properties(20_000, { type: 'string', minLength: 1 }) },
  'an enum of 150,000': { schema: JSON.stringify({ enum: range(150_000, i => `v${i}`) }) },
  'uniqueItems over 60,000 items': {
    schema: JSON.stringify({ properties: { a: { uniqueItems: true, maxItems: 1e9 } } }),
    event: JSON.stringify({ a: range(60_000, i => i) }),
  },
  'propertyNames with a catastrophic pattern': {
    schema: JSON.stringify({ propertyNames: { maxLength: 1_000, pattern: '^(a+)+$' } }),
    event: JSON.stringify({ [`${'a'.repeat(60)}!`]: 1 }),
  },
  'oneOf of 3,000 over 20,000 items': {
    schema: JSON.stringify({ items: { oneOf: range(3_000, i => ({ const: i })) } }),
    event: JSON.stringify(range(20_000, i => i)),
  },
  'a default of 1,000 properties in each of 100,000 items': {
    schema: JSON.stringify({
      items: { properties: { a: { default: Object.fromEntries(range(1_000, i => [`p${i}`, i])) } } },
    }),
    event: JSON.stringify(range(100_000, () => ({}))),
  },
};

/** Each is refused for what it is. */
export const REFUSED: { [name: string]: { schema: string; reason: string } } = {
  'a remote $ref': { schema: '{"properties":{"a":{"$ref":"https://evil.example/x"}}}', reason: 'does-not-compile' },
  'a $ref to a file': { schema: '{"$ref":"file:///etc/passwd"}', reason: 'does-not-compile' },
  'a $ref to another schema': { schema: '{"$ref":"/friendly"}', reason: 'does-not-compile' },
  'a remote $schema': { schema: '{"$schema":"https://evil.example/draft"}', reason: 'does-not-compile' },
  'a pattern that is none': { schema: PATTERN('('), reason: 'does-not-compile' },
  'an unknown format': { schema: '{"properties":{"a":{"format":"x","maxLength":1}}}', reason: 'does-not-compile' },
  'a type that is none': { schema: '{"type":"thing"}', reason: 'does-not-compile' },
  'a pattern without maxLength': { schema: '{"properties":{"a":{"pattern":"a"}}}', reason: 'insecure' },
  'a pattern for names': { schema: '{"patternProperties":{"^(a+)+$":{}}}', reason: 'insecure' },
  'a format without maxLength': { schema: '{"properties":{"a":{"format":"date"}}}', reason: 'insecure' },
  'text that is not JSON': { schema: 'title: x', reason: 'does-not-compile' },
  'an array': { schema: '[]', reason: 'does-not-compile' },
  null: { schema: 'null', reason: 'does-not-compile' },
  'both $id and id': { schema: '{"$id":"/a","id":"/b"}', reason: 'does-not-compile' },
};
