/** What the wiki is configured with: its streams, instruments, experiments, and who is enrolled. */

import type { Json, JsonObject } from '../../src/record/record.ts';

/** Prefix of the wiki's cookies, as `wgCookiePrefix` has it: the name of its database. */
export const DATABASE = 'embeddedwiki';

export interface Stream {
  schema_title: string;
  sample?: { unit?: string; rate?: number };
  provide_values?: string[];
  /** `producers.metrics_platform_client.stream_name`: where the client redirects its events to. */
  redirect?: string;
  /** `producers.metrics_platform_client.events`: names, or beginnings of names, of the events that `dispatch` gives it. */
  events?: string | string[];
  /** `producers.metrics_platform_client.curation`: rules for the attributes of the events that it takes from `dispatch`. */
  curation?: JsonObject;
  /** `producers.eventgate.use_edge_uniques`: the intake may fill in subjects of edge-unique experiments. */
  use_edge_uniques?: true;
  /** In the API, but not in `wgEventLoggingStreamNames`: the page's client does not know it. */
  unregistered?: true;
}

const ATTRIBUTES = [
  'mediawiki_skin',
  'mediawiki_database',
  'page_namespace_id',
  'performer_is_logged_in',
  'performer_session_id',
  'performer_pageview_id',
];
const WEB_BASE = 'analytics/product_metrics/web/base';
const METRICS_EVENT = 'analytics/mediawiki/client/metrics_event';

/** Of all 20-hex identifiers, one in 2^32 is in sample at this rate: for tests, none. */
const TINY = 1e-10;

export const STREAMS: { [name: string]: Stream } = {
  'mediawiki.web_ui_actions': {
    schema_title: 'analytics/mediawiki/product_metrics/web_ui_actions',
    sample: { unit: 'session', rate: 1 },
    provide_values: ATTRIBUTES,
  },
  'wiki.page_visit': { schema_title: WEB_BASE, provide_values: ATTRIBUTES },
  'wiki.half': { schema_title: WEB_BASE, sample: { unit: 'session', rate: 0.5 }, provide_values: ATTRIBUTES },
  'wiki.rare': { schema_title: WEB_BASE, sample: { unit: 'session', rate: TINY }, provide_values: ATTRIBUTES },
  'wiki.rare_pageview': { schema_title: WEB_BASE, sample: { unit: 'pageview', rate: TINY } },
  'wiki.every_pageview': { schema_title: WEB_BASE, sample: { unit: 'pageview', rate: 1 } },
  'wiki.off': { schema_title: WEB_BASE, sample: { unit: 'session', rate: 0 } },
  'wiki.rate_of_two': { schema_title: WEB_BASE, sample: { unit: 'session', rate: 2 } },
  'wiki.app_only': { schema_title: WEB_BASE, sample: { unit: 'device', rate: 1 } },
  'wiki.moved': { schema_title: WEB_BASE, redirect: 'wiki.page_visit' },
  'wiki.moved_nowhere': { schema_title: WEB_BASE, redirect: 'wiki.gone' },
  'wiki.curious': { schema_title: WEB_BASE, provide_values: [...ATTRIBUTES, 'mediawiki_is_production'] },
  'wiki.unregistered': { schema_title: WEB_BASE, unregistered: true },
  'test.event': { schema_title: 'test/event' },
  eventlogging_Test: { schema_title: 'analytics/legacy/test' },
  'wiki.metrics_event': { schema_title: METRICS_EVENT, events: ['wiki.one', 'wiki.several', 'wiki.curated'] },
  'wiki.metrics_event_second': {
    schema_title: METRICS_EVENT,
    events: 'wiki.several',
    sample: { unit: 'session', rate: 0.5 },
    provide_values: ATTRIBUTES,
  },
  'wiki.metrics_event_rare': {
    schema_title: METRICS_EVENT,
    events: ['wiki.several', 'wiki.rare'],
    sample: { unit: 'pageview', rate: TINY },
  },
  'wiki.metrics_event_off': { schema_title: METRICS_EVENT, events: 'wiki.off', sample: { unit: 'session', rate: 0 } },
  'wiki.metrics_event_app': { schema_title: METRICS_EVENT, events: 'wiki.app', sample: { unit: 'device', rate: 1 } },
  'wiki.metrics_event_moved': { schema_title: METRICS_EVENT, events: 'wiki.moved', redirect: 'wiki.gone' },
  'wiki.metrics_event_curated': {
    schema_title: METRICS_EVENT,
    events: ['wiki.curated', 'wiki.only_curated'],
    provide_values: ATTRIBUTES,
    curation: { performer_is_logged_in: { equals: true } },
  },
  'product_metrics.web_base': { schema_title: WEB_BASE, use_edge_uniques: true },
};

/** `wgEventLoggingSchemas`: a string is a migrated schema, a number the revision of a wiki page. */
export const LEGACY_SCHEMAS = { Test: '/analytics/legacy/test/1.2.0', OldTest: 15047321 };

function producers(stream: Stream): JsonObject {
  const client: JsonObject = {};
  if (stream.provide_values) client['provide_values'] = stream.provide_values;
  if (stream.redirect) client['stream_name'] = stream.redirect;
  if (stream.events) client['events'] = stream.events;
  if (stream.curation) client['curation'] = stream.curation;
  return Object.keys(client).length ? { metrics_platform_client: client } : {};
}

/** One stream as `action=streamconfigs` has it: all settings, defaults merged. */
export function streamSettings(name: string, stream: Stream): JsonObject {
  return {
    stream: name,
    schema_title: stream.schema_title,
    destination_event_service: 'eventgate-analytics-external',
    topic_prefixes: name.startsWith('eventlogging_') ? null : ['embedded.'],
    topics: name.startsWith('eventlogging_') ? [name] : [`embedded.${name}`],
    canary_events_enabled: true,
    ...(stream.sample ? { sample: stream.sample } : {}),
    producers: {
      eventgate: {
        enrich_fields_from_http_headers: { 'meta.request_id': 'x-request-id', 'user-agent': false },
        ...(stream.use_edge_uniques ? { use_edge_uniques: true } : {}),
      },
      ...producers(stream),
    },
  };
}

/** Streams as the page's client gets them: only `sample` and `producers`, only those registered for it. */
function clientStreams(): JsonObject {
  return Object.fromEntries(
    Object.entries(STREAMS)
      .filter(([, stream]) => !stream.unregistered)
      .map(([name, stream]) => {
        const { sample, producers } = streamSettings(name, stream);
        return [name, { ...(sample === undefined ? {} : { sample }), producers: producers as Json }];
      }),
  );
}

export const INSTRUMENTS: { [name: string]: JsonObject } = {
  'wiki-search': instrument({ unit: 'session', rate: 1 }),
  'wiki-every-pageview': instrument({ unit: 'pageview', rate: 1 }),
  'wiki-unsampled': instrument(),
  'wiki-half': instrument({ unit: 'session', rate: 0.5 }),
  'wiki-rare': instrument({ unit: 'session', rate: TINY }),
  'wiki-off': instrument({ unit: 'session', rate: 0 }),
  'wiki-app-only': instrument({ unit: 'device', rate: 1 }),
};

function instrument(sample?: JsonObject): JsonObject {
  return {
    ...(sample ? { sample } : {}),
    stream_name: 'product_metrics.web_base',
    contextual_attributes: ['mediawiki_database', 'performer_session_id', 'performer_is_logged_in'],
  };
}

function experiment(user_identifier_type: string, exposure_version: string): JsonObject {
  return {
    user_identifier_type,
    stream_name: 'product_metrics.web_base',
    schema_id: '/analytics/product_metrics/web/base/2.1.0',
    contextual_attributes: ['mediawiki_database', 'mediawiki_skin'],
    exposure_version,
    version: 1,
    phase_index: 0,
  };
}

export const EXPERIMENTS: { [name: string]: JsonObject } = {
  'wiki-welcome': experiment('edge-unique', '0123456789abcdef'),
  'wiki-editing': experiment('mw-user', '1123456789abcdef'),
  'wiki-from-header': experiment('edge-unique', '2123456789abcdef'),
  'wiki-palette': experiment('edge-unique', '3123456789abcdef'),
  'wiki-nobody': experiment('edge-unique', '4123456789abcdef'),
};

/** Enrollments that only the response header has (not cache-splitting): name to group. */
export const HEADER_ENROLLMENTS = { 'wiki-from-header': 'control' };

/** `wgTestKitchenUserExperiments`: newest. `wiki-forgotten` is enrolled, but no experiment's config has it. */
export const ENROLLMENTS = {
  overrides: [],
  enrolled: ['wiki-welcome', 'wiki-editing', 'wiki-forgotten'],
  assigned: { 'wiki-welcome': 'treatment', 'wiki-editing': 'control', 'wiki-forgotten': 'treatment' },
  subject_ids: {
    'wiki-welcome': 'awaiting',
    'wiki-editing': '5f9c4ab08cac7457e9111a30e4664920607ea2c115a1433d7be98e97e64244ca',
    'wiki-forgotten': 'awaiting',
  },
};

/**
 * `wgMetricsPlatformUserExperiments`: 1.45, with the overrides of the page's query and of its cookie, `name:group;name:group`
 * (mediawiki-extensions-MetricsPlatform includes/XLab/Enrollment). `wiki-nobody` is active, but does not have the reader.
 */
export function xlabEnrollments(...overrides: string[]): JsonObject {
  const forced = Object.fromEntries(overrides.flatMap(one => one.split(';')).map(one => one.split(':', 2)));
  const { enrolled, assigned, subject_ids } = ENROLLMENTS;
  const units = { 'wiki-welcome': 'edge-unique', 'wiki-editing': 'mw-user', 'wiki-nobody': 'mw-user' };
  const names = Object.keys(forced).filter(Boolean);
  const all = (value: string) => Object.fromEntries(names.map(name => [name, value]));
  return {
    active_experiments: [...new Set([...Object.keys(units), ...names])],
    overrides: names,
    enrolled: [...new Set([...enrolled, ...names])],
    assigned: { ...assigned, ...forced },
    subject_ids: { ...subject_ids, ...all('overridden') },
    sampling_units: { ...units, ...all('overridden') },
    coordinator: { ...Object.fromEntries(enrolled.map(name => [name, 'xLab'])), ...all('forced') },
  };
}

/** How one page load differs from the wiki's configuration: asked for in the page's query. */
export interface Variant {
  lingerSeconds: number;
  /** False: the intake answers after it has validated. */
  hasty: boolean;
  /** False: `wgEventLoggingStreamNames = false`, every stream is accepted. */
  streams: boolean;
  /** False: `wgEventLoggingServiceUri` and `wgEventLoggingBaseUri` are not set. */
  intake: boolean;
}

/** Reads `?linger=1&hasty=0&streams=0&intake=0`. */
export function variant(query: URLSearchParams, lingerSeconds: number): Variant {
  return {
    lingerSeconds: Number(query.get('linger')) || lingerSeconds,
    hasty: query.get('hasty') !== '0',
    streams: query.get('streams') !== '0',
    intake: query.get('intake') !== '0',
  };
}

/** The virtual package files of the clients, by the name of the callback that makes them. */
export function packageFile(callback: string, host: string, variant: Variant): JsonObject {
  const hasty = variant.hasty ? '?hasty=true' : '';
  if (/xlab/i.test(callback)) return xlabConfig(host, variant, hasty);
  if (/testkitchen/i.test(callback)) {
    return {
      EveryoneExperimentEventIntakeServiceUrl: `/evt-103e/v2/events${hasty}`,
      LoggedInExperimentEventIntakeServiceUrl: `/ins-502b/v2/events${hasty}`,
      InstrumentEventIntakeServiceUrl: `/ins-502b/v2/events${hasty}`,
      experimentConfigs: EXPERIMENTS,
      instrumentConfigs: INSTRUMENTS,
      exposureResetEpoch: 0,
    };
  }
  return {
    baseUrl: variant.intake ? `http://${host}/beacon/event` : false,
    schemasInfo: LEGACY_SCHEMAS,
    serviceUri: variant.intake ? `http://${host}/v1/events${hasty}` : false,
    queueLingerSeconds: variant.lingerSeconds,
    streamConfigs: variant.streams ? clientStreams() : false,
  };
}

/** `wgMetricsPlatformExperimentStreamNames`, beside the one of all experiments. */
const XLAB_STREAMS = [
  'wiki.page_visit',
  'wiki.rare',
  'wiki.rare_pageview',
  'wiki.off',
  'wiki.app_only',
  'wiki.moved',
  'wiki.moved_nowhere',
];

/** `config.json` of ext.xLab (mediawiki-extensions-MetricsPlatform includes/XLab/ResourceLoader/Hooks.php). */
function xlabConfig(host: string, variant: Variant, hasty: string): JsonObject {
  const serviceUri = variant.intake ? `http://${host}/v1/events${hasty}` : false;
  const target = { 'product_metrics.web_base': { producers: {} } };
  const streams = Object.entries(clientStreams()).filter(([name]) => XLAB_STREAMS.includes(name));
  const known = { ...INSTRUMENTS, 'wiki-moved-nowhere': { ...instrument(), stream_name: 'wiki.gone' } };
  const instruments = Object.entries<JsonObject>(known).map(
    ([name, { sample, stream_name, contextual_attributes }]) => [
      name,
      {
        producers: {
          metrics_platform_client: { provide_values: contextual_attributes, stream_name },
        },
        ...(sample === undefined ? {} : { sample }),
      },
    ],
  );
  return {
    EveryoneExperimentEventIntakeServiceUrl: `/evt-103e/v2/events${hasty}`,
    LoggedInExperimentEventIntakeServiceUrl: serviceUri,
    InstrumentEventIntakeServiceUrl: serviceUri,
    streamConfigs: { ...(Object.fromEntries(streams) as JsonObject), ...target },
    instrumentConfigs: { ...(Object.fromEntries(instruments) as JsonObject), ...target },
  };
}
