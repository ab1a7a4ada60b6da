/**
 * The draft of a new dataset from captured events: a `current.yaml` in the platform's conventions and a stub of the
 * stream's config. Both are there to be edited: what was seen is not yet what may come.
 * Source: wikitech, Event Platform/Schemas/Guidelines, Event Platform/Stream Configuration.
 */

import { stringify } from 'yaml';
import { isJsonObject, textAt } from '../platform/json.ts';
import type { Json, JsonObject } from '../record/record.ts';
import { beyond, infer, type ListingOf } from './infer.ts';
import { isSchemaUri } from './schema-uri.ts';

export interface NewDataset {
  /** `<title>`, such as `analytics/my_team/my_feature`. */
  title: string;
  stream: string;
  /** Valid events that it is to take; at least one. */
  events: readonly JsonObject[];
  /** Materialized fragments that it may refer to. Those with a property that the events have are taken. */
  fragments: readonly JsonObject[];
  /** Version of the schema; 1.0.0 by default. */
  version?: string;
}

export interface Drafts {
  /** `<title>/current.yaml`. */
  schema: string;
  /** The entries of operations/mediawiki-config, PHP. */
  config: string;
  /** What has to be decided by a person, a sentence each. */
  problems: string[];
}

/** What the intake fills in, and identifiers that are another's in each event: nothing to learn from. */
const META = ['dt', 'id', 'request_id', 'topic', 'partition', 'offset'];
const GROUPS = ['agent', 'page', 'mediawiki', 'performer'];
const ALWAYS = ['agent_client_platform', 'agent_client_platform_family'];
const DESCRIBED = 'Describe';
const MOST_EXAMPLES = 1;

/** Contextual attributes and the platform's own fields have more values than were seen. */
const listing: ListingOf = path => {
  if (/^\/action(?:_subtype|_source)?$/.test(path)) return 'always';
  const [, group = ''] = path.split('/');
  return [...GROUPS, '$schema', 'meta', 'experiment', 'sample'].includes(group) ? 'never' : 'where-repeated';
};

const without = (object: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

const idOf = (schema: JsonObject): string => (typeof schema['$id'] === 'string' ? schema['$id'] : '');
const namesOf = (schema: JsonObject): string[] =>
  isJsonObject(schema['properties']) ? Object.keys(schema['properties']) : [];

/** The event as it would be of the new dataset, without what the intake adds. */
function renamed(event: JsonObject, uri: string, stream: string): JsonObject {
  const meta = isJsonObject(event['meta']) ? without(event['meta'], META) : {};
  return { ...without(event, ['http']), $schema: uri, meta: { ...meta, stream } };
}

/** Whether each property of the events that the fragment has is one that it takes, as far as names tell. */
const touches = (fragment: JsonObject, names: readonly string[]) =>
  namesOf(fragment).some(name => names.includes(name));

/** Fragments require what they require of every event: one whose own are missing does not fit. */
export function fits(fragment: JsonObject, events: readonly JsonObject[]): boolean {
  const required = Array.isArray(fragment['required']) ? fragment['required'] : [];
  return events.every(event => required.every(name => typeof name === 'string' && Object.hasOwn(event, name)));
}

function described(schema: Json): Json {
  if (!isJsonObject(schema)) return schema;
  const properties = schema['properties'];
  if (!isJsonObject(properties)) return schema;
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, inner]) => [
        name,
        isJsonObject(inner) && inner['type'] !== undefined
          ? { description: `${DESCRIBED} ${name}.`, ...(described(inner) as JsonObject) }
          : described(inner),
      ]),
    ),
  };
}

/** The contextual attributes of these events that a client adds only where it is asked to. */
function provided(events: readonly JsonObject[]): string[] {
  const names = events.flatMap(event =>
    GROUPS.flatMap(group =>
      isJsonObject(event[group]) ? Object.keys(event[group]).map(key => `${group}_${key}`) : [],
    ),
  );
  return [...new Set(names)].filter(name => !ALWAYS.includes(name)).toSorted();
}

const php = (text: string) => `'${text.replace(/[\\']/g, character => `\\${character}`)}'`;

function configOf({ title, stream, events }: NewDataset): string {
  const values = provided(events);
  const isHoisted = events.some(event => textAt(event, 'experiment', 'sampling_unit') === 'edge-unique');
  const producers = [
    ...(values.length > 0
      ? [
          "\t\t'metrics_platform_client' => [",
          "\t\t\t'provide_values' => [",
          ...values.map(name => `\t\t\t\t${php(name)},`),
          '\t\t\t],',
          '\t\t],',
        ]
      : []),
    // The edge fills the subject in, which the intake takes only of such streams.
    ...(isHoisted ? ["\t\t'eventgate' => [ 'use_edge_uniques' => true ],"] : []),
  ];
  return [
    '// wmf-config/ext-EventStreamConfig.php, wgEventStreams',
    `${php(stream)} => [`,
    `\t'schema_title' => ${php(title)},`,
    "\t'destination_event_service' => 'eventgate-analytics-external',",
    ...(producers.length > 0 ? ["\t'producers' => [", ...producers, '\t],'] : []),
    "\t'sample' => [ 'unit' => 'session', 'rate' => 1 ],",
    '],',
    '',
    '// wmf-config/ext-EventLogging.php, wgEventLoggingStreamNames: without this the client drops every event',
    `${php(stream)},`,
    '',
  ].join('\n');
}

/**
 * Drafts a dataset.
 * @throws RangeError where there are no events, or the title is none
 */
export function draftDataset(given: NewDataset): Drafts {
  const { title, stream, fragments, version = '1.0.0' } = given;
  const uri = `/${title}/${version}`;
  if (!isSchemaUri(uri)) throw new RangeError(`${title} is no title of a schema, such as analytics/my_team/my_feature`);
  const events = given.events.map(event => renamed(event, uri, stream));
  const [first] = events;
  if (!first) throw new RangeError('A draft needs at least one event');

  const { schema, problems } = infer(events, listing);
  const names = namesOf(schema);
  const taken = fragments.filter(fragment => touches(fragment, names) && fits(fragment, events));
  const rest = taken.reduce<JsonObject>((left, fragment) => {
    // `required` of the whole stays on top.
    const { properties } = beyond(left, fragment) ?? {};
    return { ...left, properties: properties ?? {} };
  }, schema);
  const covered = new Set(taken.flatMap(namesOf));
  for (const name of ['$schema', 'meta']) {
    if (!covered.has(name))
      problems.push(`No fragment describes ${name}: add the one of the platform (fragment/common)`);
  }
  const own = { properties: rest['properties'] ?? {} };

  const document = {
    title,
    description: `${DESCRIBED} what an event tells, and when it is sent.`,
    $id: uri,
    $schema: 'https://json-schema.org/draft-07/schema#',
    type: 'object',
    additionalProperties: false,
    required: schema['required'] ?? [],
    allOf: [
      ...taken.map(fragment => ({ $ref: `${idOf(fragment)}#` })),
      ...(Object.keys(own.properties).length > 0 ? [described(own)] : []),
    ],
    examples: events.slice(0, MOST_EXAMPLES),
  };
  return {
    schema: stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }),
    config: configOf({ ...given, events }),
    problems,
  };
}
