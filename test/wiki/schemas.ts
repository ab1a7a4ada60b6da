/** The wiki's schema repositories: schemas of its own in the platform's conventions, made of fragments. */

import { stringify } from 'yaml';
import type { Json, JsonObject } from '../../src/record/record.ts';

const DRAFT = 'http://json-schema.org/draft-07/schema#';
const text = (description: string, more: JsonObject = {}): JsonObject => ({
  type: 'string',
  description,
  minLength: 1,
  ...more,
});
const closed = (description: string, properties: JsonObject, required: string[] = []): JsonObject => ({
  type: 'object',
  description,
  additionalProperties: false,
  ...(required.length ? { required } : {}),
  properties,
});
const optional = (type: string, description: string): JsonObject => ({ type, description });
const time = (description: string): JsonObject => text(description, { format: 'date-time', maxLength: 128 });

const COMMON: JsonObject = {
  $schema: text('The URI of the schema that this event is valid against.', {
    pattern: '^(/[a-zA-Z0-9_.-]+)+/\\d+\\.\\d+\\.\\d+$',
    maxLength: 200,
  }),
  meta: {
    type: 'object',
    description: 'Where the event belongs, and what the intake adds.',
    required: ['stream'],
    properties: {
      domain: text('The domain of the wiki that the event is about.'),
      dt: time('The time at which the intake received the event.'),
      id: text('The identifier of the event, a UUID.'),
      request_id: text('The identifier of the request that carried the event.'),
      stream: text('The name of the stream that the event belongs to.'),
      uri: text('The URI of what the event is about.', { format: 'uri-reference', maxLength: 8192 }),
    },
  },
};
const DT: JsonObject = { dt: time('The time at which it happened, by the clock of the client.') };

const AGENT = closed('The client that sends the event.', {
  client_platform: text('The client library.'),
  client_platform_family: { type: 'string', enum: ['desktop_browser', 'mobile_browser', 'app'] },
  ua_string: text('What the browser says of itself.'),
});
const PAGE = closed('The page on which it happened.', {
  id: { type: 'integer', minimum: 0, maximum: 9007199254740991 },
  title: text('Its title without the namespace.'),
  namespace_id: { type: 'integer', minimum: -2, maximum: 9007199254740991 },
  namespace_name: optional('string', 'The canonical name of its namespace.'),
  revision_id: { type: 'integer', minimum: 0, maximum: 9007199254740991 },
  content_language: text('The language of its content.'),
});
const MEDIAWIKI = closed('The wiki.', {
  skin: text('The skin in use.'),
  version: text('The version of MediaWiki.'),
  database: text('The name of the database of the wiki.'),
  site_content_language: text('The language of the wiki.'),
});
const IDENTIFIER = text('Twenty hexadecimal digits.', { maxLength: 255 });
const PERFORMER = closed('Who did it.', {
  is_logged_in: optional('boolean', 'Whether they are logged in.'),
  is_temp: optional('boolean', 'Whether the account is temporary.'),
  is_bot: optional('boolean', 'Whether they are a bot.'),
  id: { type: 'integer', minimum: 0, maximum: 9007199254740991 },
  name: text('The name of the account.'),
  session_id: IDENTIFIER,
  pageview_id: IDENTIFIER,
  groups: { type: 'array', items: { type: 'string', minLength: 1 } },
  language: text('The language of the interface.'),
  edit_count: { type: 'integer', minimum: 0, maximum: 9007199254740991 },
  edit_count_bucket: text('The edit count, coarsely.'),
});
const SAMPLE = closed('The sampling of the stream when the event was sent.', {
  unit: { type: 'string', enum: ['session', 'pageview', 'device'] },
  rate: { type: 'number', minimum: 0, maximum: 1 },
});
const EXPERIMENT = closed(
  'The experiment that the event belongs to.',
  {
    enrolled: text('The name of the experiment.'),
    assigned: text('The group.'),
    subject_id: text('The subject; `awaiting` where the intake fills it in.'),
    sampling_unit: { type: 'string', enum: ['mw-user', 'edge-unique'] },
    coordinator: { type: 'string', enum: ['default', 'xLab', 'custom', 'forced'] },
    phase_index: { type: 'integer', minimum: 0, maximum: 100 },
    version: { type: 'integer', minimum: 0, maximum: 1000000 },
    other_assigned: {
      type: 'object',
      description: 'Other experiments and their groups.',
      additionalProperties: { type: 'string' },
    },
  },
  ['enrolled', 'assigned', 'subject_id', 'sampling_unit'],
);
const INTERACTION: JsonObject = {
  action: text('What was done.'),
  action_subtype: text('What was done, more precisely.'),
  action_source: text('Where the action came from.'),
  action_context: text('What surrounded the action.'),
  element_id: text('The element.'),
  element_friendly_name: text('The element, by a readable name.'),
  funnel_name: text('The funnel.'),
  funnel_entry_token: text('One way through the funnel.'),
  funnel_event_sequence_position: { type: 'integer', minimum: 0, maximum: 1000000 },
  instrument_name: text('The instrument.'),
};

interface Parts {
  properties: JsonObject;
  required: string[];
  example: JsonObject;
}

function schema(title: string, version: string, description: string, parts: Parts): JsonObject {
  return {
    title,
    description,
    $id: `/${title}/${version}`,
    $schema: DRAFT,
    type: 'object',
    additionalProperties: false,
    required: ['$schema', 'meta', ...parts.required],
    properties: { ...COMMON, ...parts.properties },
    examples: [{ $schema: `/${title}/${version}`, ...parts.example } as Json],
  };
}

const AT = '2026-01-02T03:04:05.678Z';

function interaction(title: string, version: string, description: string, more: JsonObject = {}): JsonObject {
  const groups = { agent: AGENT, page: PAGE, mediawiki: MEDIAWIKI, performer: PERFORMER, sample: SAMPLE };
  return schema(title, version, description, {
    properties: { ...DT, ...INTERACTION, ...groups, ...more },
    required: ['dt', 'action', 'agent'],
    example: {
      meta: { stream: 'wiki.page_visit', domain: 'wiki.example' },
      dt: AT,
      action: 'click',
      agent: { client_platform: 'mediawiki_js', client_platform_family: 'desktop_browser' },
    },
  });
}

const TEST_EVENT: Parts = {
  properties: {
    ...DT,
    test: { type: 'string', default: 'default value', description: 'Anything.' },
    test_map: { type: 'object', additionalProperties: { type: 'string' } },
    test_array: { type: 'array', items: { type: 'integer', minimum: 0, maximum: 1000 }, uniqueItems: true },
  },
  required: ['dt'],
  example: { meta: { stream: 'test.event' }, dt: AT, test: 'a value' },
};

const LEGACY: Parts = {
  properties: {
    ...DT,
    client_dt: time('The time at which it happened, by the clock of the client.'),
    event: closed('The event proper.', { OtherMessage: optional('string', 'Any text.') }, ['OtherMessage']),
    schema: text('The name of the schema of old.'),
    revision: { type: 'integer' },
    webHost: text('The host of the wiki.'),
    wiki: text('The database of the wiki.'),
  },
  required: ['client_dt', 'event', 'schema'],
  example: { meta: { stream: 'eventlogging_Test' }, client_dt: AT, schema: 'Test', event: { OtherMessage: 'hello' } },
};

export const REPOSITORIES = ['primary', 'secondary'] as const;
export type Repository = (typeof REPOSITORIES)[number];

const WEB_BASE = 'analytics/product_metrics/web/base';

/** What `dispatch` makes: a name, and the caller's data as text with its type. */
const METRICS_EVENT: Parts = {
  properties: {
    ...DT,
    name: text('The name of the event.'),
    custom_data: {
      type: 'object',
      additionalProperties: closed('One datum.', {
        data_type: text('Its type.'),
        value: optional('string', 'As text.'),
      }),
    },
    agent: AGENT,
    page: PAGE,
    mediawiki: MEDIAWIKI,
    performer: PERFORMER,
    sample: SAMPLE,
  },
  required: ['dt', 'name', 'agent'],
  example: {
    meta: { stream: 'wiki.metrics_event', domain: 'wiki.example' },
    dt: AT,
    name: 'wiki.one',
    agent: { client_platform: 'mediawiki_js', client_platform_family: 'desktop_browser' },
  },
};

/** What all interactions have in common, to be referred to by drafts. It is not closed: what refers to it is. */
const FRAGMENT: JsonObject = {
  title: 'fragment/analytics/product_metrics/common',
  description: 'What every interaction has.',
  $id: '/fragment/analytics/product_metrics/common/1.2.0',
  $schema: DRAFT,
  type: 'object',
  required: ['$schema', 'meta', 'dt', 'action', 'agent'],
  properties: {
    ...COMMON,
    ...DT,
    ...INTERACTION,
    agent: AGENT,
    page: PAGE,
    mediawiki: MEDIAWIKI,
    performer: PERFORMER,
    sample: SAMPLE,
    experiment: EXPERIMENT,
  },
  examples: [
    {
      $schema: '/fragment/analytics/product_metrics/common/1.2.0',
      meta: { stream: 'wiki.page_visit' },
      dt: AT,
      action: 'click',
      agent: { client_platform: 'mediawiki_js' },
    },
  ],
};

/** All schemas, by repository, in order of version. */
export const SCHEMAS: { [repository in Repository]: JsonObject[] } = {
  primary: [schema('test/event', '1.0.0', 'For tests.', TEST_EVENT)],
  secondary: [
    FRAGMENT,
    interaction(WEB_BASE, '1.3.0', 'An interaction on the web.'),
    interaction(WEB_BASE, '1.4.3', 'An interaction on the web, as submitClick of 1.45 makes it.'),
    interaction(WEB_BASE, '1.5.0', 'An interaction on the web, as mw.xLab makes it.', { experiment: EXPERIMENT }),
    interaction(WEB_BASE, '2.1.0', 'An interaction on the web, perhaps in an experiment.', { experiment: EXPERIMENT }),
    interaction(
      'analytics/mediawiki/product_metrics/web_ui_actions',
      '1.0.2',
      'Clicks and other uses of the interface.',
    ),
    schema('analytics/mediawiki/client/metrics_event', '1.1.0', 'An event by its name.', METRICS_EVENT),
    schema('analytics/mediawiki/client/metrics_event', '2.1.0', 'An event by its name.', METRICS_EVENT),
    schema('analytics/legacy/test', '1.2.0', 'A schema of old, migrated.', LEGACY),
  ],
};

/**
 * Finds a schema by its place in a repository.
 * @param uri `/<title>/<version or latest>`
 */
export function findSchema(repository: Repository, uri: string): JsonObject | undefined {
  const latest = /^(.*)\/(?:latest|current)$/.exec(uri);
  return SCHEMAS[repository].findLast(one => (latest ? `/${one['title']}` === latest[1] : one['$id'] === uri));
}

/**
 * The file at a path under `/schemas/`: `<repository>/jsonschema/<title>/<version>` with no ending or `.yaml`
 * (YAML), or `.json`.
 */
export function schemaFile(path: string): { contentType: string; body: string } | undefined {
  const [, repository, rest, ending] = /^(\w+)\/jsonschema(\/.+?)(\.yaml|\.json)?$/.exec(path) ?? [];
  if ((repository !== 'primary' && repository !== 'secondary') || rest === undefined) return undefined;
  const found = findSchema(repository, rest);
  if (!found) return undefined;
  if (ending === '.json') return { contentType: 'application/json', body: JSON.stringify(found) };
  return { contentType: 'application/octet-stream', body: stringify(found, { aliasDuplicateObjects: false }) };
}
