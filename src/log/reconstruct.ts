/** The event that a client would have built of a call which it dropped, so that the call has a verdict too. */

import { at } from '../platform/json.ts';
import { configOf, provideValuesOf } from '../platform/stream-config.ts';
import type { CallFact, ContextFact } from '../record/facts.ts';
import type { Json, JsonObject } from '../record/record.ts';
import { isObject } from './guards.ts';
import type { PageLoad } from './types.ts';

/** The schema of every instrument that sets no other: mediawiki-extensions-TestKitchen modules/ext.testKitchen/index.js. */
const INSTRUMENT_SCHEMA = '/analytics/product_metrics/web/base/2.1.0';

/**
 * The event of a dropped call: what the client had of it, or what the caller passed, completed as far as it can be known
 * here: `$schema`, `meta`, `dt`, and of the contextual attributes those that the page told. Null where nothing was passed
 * that could become an event, and for a legacy event, which needs no completion.
 * Source: mediawiki-libs-metrics-platform js/src/MetricsClient.js (submitInteraction, addRequiredMetadata),
 * ContextController.js; mediawiki-extensions-TestKitchen modules/ext.testKitchen/EventFactory.js, Instrument.js.
 */
export function reconstruct(fact: CallFact, page: PageLoad): JsonObject | null {
  const event = fact.api === 'Schema#log' ? capsule(fact, page) : beginning(fact, page);
  if (!event) return null;
  const stream = fact.streamFacts?.redirect ?? fact.stream;
  const meta = isObject(event['meta']) ? event['meta'] : {};
  const complete: JsonObject = {
    ...event,
    meta: { ...meta, ...present('stream', stream), domain: domainOf(page.url) },
  };
  if (complete['client_dt']) delete complete['dt'];
  else complete['dt'] ??= new Date(fact.at).toISOString();
  return withAttributes(complete, attributesOf(fact, page.context), fact, page);
}

/**
 * What `logEvent` makes of what it is given, where the schema is a migrated one; null for all others.
 * Source: mediawiki-extensions-EventLogging modules/ext.eventLogging/core.js (prepare), Schema.js (log).
 */
function capsule({ event, data, schema, stream = '', at: time }: CallFact, page: PageLoad): JsonObject | null {
  if (schema === undefined) return null;
  return {
    event: { ...(isObject(data) ? data : {}), ...(isObject(event) ? event : {}) },
    schema: stream.replace(/^eventlogging_/, ''),
    webHost: domainOf(page.url),
    ...present('wiki', page.context?.wiki),
    $schema: schema,
    client_dt: new Date(time).toISOString(),
  };
}

function beginning(fact: CallFact, { context }: PageLoad): JsonObject | null {
  const { event, data, api } = fact;
  if (isObject(event))
    return isLegacy(fact) ? null : { ...event, ...present('$schema', event['$schema'] ?? fact.schema) };
  const passed = isObject(data) ? data : {};
  const action = present('action', fact.action);
  if (fact.objectFacts) {
    return {
      ...passed,
      ...present('instrument_name', fact.instrument),
      ...present('$schema', fact.schema ?? schemaOf(fact, context)),
      ...action,
    };
  }
  return isInteraction(api) ? { ...action, ...passed, ...present('$schema', fact.schema) } : null;
}

const isInteraction = (api: string): boolean => api === 'submitInteraction' || api === 'submitClick';

const isLegacy = ({ api, schema }: CallFact): boolean => (api === 'logEvent' || api === 'track') && !schema;

function schemaOf({ experiment }: CallFact, context: ContextFact | null): Json | undefined {
  return experiment === undefined ? INSTRUMENT_SCHEMA : at(at(context?.experiments, experiment), 'schema_id');
}

/** The names of the contextual attributes that this call adds. Plain `submit` and `logEvent` add none. */
function attributesOf(fact: CallFact, context: ContextFact | null): string[] {
  if (fact.objectFacts) {
    const [configs, name] =
      fact.experiment === undefined ? [context?.instruments, fact.instrument] : [context?.experiments, fact.experiment];
    const values = at(name === undefined ? undefined : at(configs, name), 'contextual_attributes');
    return provideValuesOf({ producers: { metrics_platform_client: { provide_values: values ?? [] } } });
  }
  if (!isInteraction(fact.api)) return [];
  return provideValuesOf(fact.stream === undefined ? undefined : configOf(context?.streams ?? {}, fact.stream));
}

function withAttributes(event: JsonObject, names: string[], fact: CallFact, page: PageLoad): JsonObject {
  const { context } = page;
  const known: { [name: string]: string | null | undefined } = {
    agent_client_platform: 'mediawiki_js',
    agent_client_platform_family: context?.skin === 'minerva' ? 'mobile_browser' : 'desktop_browser',
    mediawiki_skin: context?.skin,
    mediawiki_database: context?.wiki,
    // Those of the moment of the call: a page may begin another session.
    performer_session_id: fact.session ?? page.session,
    performer_pageview_id: fact.pageview ?? page.pageview,
  };
  for (const name of names) {
    const value = Object.hasOwn(known, name) ? known[name] : null;
    const split = name.indexOf('_');
    const group = name.slice(0, split);
    const key = name.slice(split + 1);
    const values = event[group];
    if (typeof value !== 'string' || (values !== undefined && !isObject(values))) continue;
    if (at(values, key) === undefined) event[group] = { ...values, [key]: value };
  }
  return event;
}

const present = (key: string, value: Json | undefined): JsonObject => (value === undefined ? {} : { [key]: value });

function domainOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}
