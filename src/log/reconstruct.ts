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
 * What the caller passed, completed as far as it can be known here: `$schema`, `meta`, `dt`, and of the contextual
 * attributes those that the page told. Null where the caller passed no object.
 * Source: mediawiki-libs-metrics-platform js/src/MetricsClient.js (addRequiredMetadata), ContextController.js;
 * mediawiki-extensions-TestKitchen modules/ext.testKitchen/EventFactory.js, Instrument.js.
 */
export function reconstruct(fact: CallFact, page: PageLoad): JsonObject | null {
  const passed = fact.event;
  if (!isObject(passed)) return null;
  const stream = fact.streamFacts?.redirect ?? fact.stream;
  const event: JsonObject = fact.objectFacts
    ? objectEvent(fact, passed, page)
    : { ...passed, ...present('$schema', passed['$schema'] ?? fact.schema) };
  const meta = isObject(event['meta']) ? event['meta'] : {};
  const complete: JsonObject = {
    ...event,
    meta: { ...meta, ...present('stream', stream), domain: domainOf(page.url) },
  };
  if (complete['client_dt']) delete complete['dt'];
  else complete['dt'] ??= new Date(fact.at).toISOString();
  return withAttributes(complete, attributesOf(fact, page.context), page);
}

/** Test Kitchen's no-op objects build nothing: the hook keeps what the caller passed apart from the action. */
function objectEvent(fact: CallFact, passed: JsonObject, { context }: PageLoad): JsonObject {
  const { interaction, ...rest } = passed;
  const schema =
    fact.schema ??
    (fact.experiment === undefined ? INSTRUMENT_SCHEMA : at(at(context?.experiments, fact.experiment), 'schema_id'));
  return {
    ...(isObject(interaction) ? interaction : {}),
    ...present('instrument_name', fact.instrument),
    ...present('$schema', schema),
    ...rest,
  };
}

/** The names of the contextual attributes that this call adds. Plain `submit` and `logEvent` add none. */
function attributesOf(fact: CallFact, context: ContextFact | null): string[] {
  if (fact.objectFacts) {
    const [configs, name] =
      fact.experiment === undefined ? [context?.instruments, fact.instrument] : [context?.experiments, fact.experiment];
    const values = at(name === undefined ? undefined : at(configs, name), 'contextual_attributes');
    return provideValuesOf({ producers: { metrics_platform_client: { provide_values: values ?? [] } } });
  }
  if (fact.api !== 'submitInteraction' && fact.api !== 'submitClick') return [];
  return provideValuesOf(fact.stream === undefined ? undefined : configOf(context?.streams ?? {}, fact.stream));
}

function withAttributes(event: JsonObject, names: string[], page: PageLoad): JsonObject {
  const { context } = page;
  const known: { [name: string]: string | null | undefined } = {
    agent_client_platform: 'mediawiki_js',
    agent_client_platform_family: context?.skin === 'minerva' ? 'mobile_browser' : 'desktop_browser',
    mediawiki_skin: context?.skin,
    mediawiki_database: context?.wiki,
    performer_session_id: page.session,
    performer_pageview_id: page.pageview,
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
