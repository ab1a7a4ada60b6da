/** An event as text to be used elsewhere: in a shell, in a page's console. */

import { at, isJsonObject } from '../../platform/json.ts';
import type { Json, Record } from '../../record/record.ts';
import { escaped } from '../shared/text.ts';

/** JSON that shows all it has: what cannot be seen is escaped, which is JSON too. */
export const jsonOf = (value: Json, indent = 2): string => escaped(JSON.stringify(value, null, indent));

/** Where events go in production, for a page that names no intake. Source: operations/mediawiki-config wmgEventLoggingServiceUri. */
const INTAKE = 'https://intake-analytics.wikimedia.org/v1/events?hasty=true';

/**
 * A command that posts the event as the client does: a list of one.
 * @param intake the page's own; null where it has none
 */
export function curlOf({ event, delivery }: Record, intake: string | null): string {
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  return [
    `curl -i ${quote(escaped(delivery.url ?? intake ?? INTAKE))}`,
    `-H ${quote('content-type: application/json')}`,
    `--data-raw ${quote(jsonOf([event], 0))}`,
  ].join(' \\\n  ');
}

/** JSON is JavaScript since ES2019, also where it has U+2028. */
const js = (value: Json) => jsonOf(value);

/**
 * The call again, for the console of a page that has the client.
 * @param passed what the caller passed as data; undefined where it is not known: then the event without what clients add
 */
export const callOf = (record: Record, passed: Json | undefined): string => `${expressionOf(record, passed)};`;

function expressionOf(record: Record, passed: Json | undefined): string {
  const { api, client, stream, redirectedFrom, instrument, experiment, action, schema } = record;
  const event = isJsonObject(record.event) ? record.event : {};
  const target = js(redirectedFrom ?? stream);
  const ofObject = instrument !== null || experiment !== null;
  const holder = HOLDERS[client] ?? (ofObject ? 'mw.testKitchen' : 'mw.eventLog');
  const data = passed === undefined ? without(event, ['meta', 'dt', '$schema', 'action']) : passed;
  const rest = isJsonObject(data) && Object.keys(data).length === 0 ? [] : [js(data)];
  if (instrument !== null) return call(`${holder}.getInstrument( ${js(instrument)} ).${api}`, [js(action), ...rest]);
  if (experiment !== null) {
    const of = `${holder}.getExperiment( ${js(experiment)} )`;
    const args = api === 'sendExposure' ? [] : [js(action), ...rest];
    return `${of}.then( ( experiment ) => ${call(`experiment.${api}`, args)} )`;
  }
  switch (api) {
    case 'submitInteraction':
      return call(`${holder}.submitInteraction`, [target, js(schema), js(action), ...rest]);
    case 'submitClick':
      return call(`${holder}.submitClick`, [target, ...rest]);
    case 'dispatch':
      return call(`${holder}.dispatch`, [js(action), ...rest]);
    case 'track':
    case 'logEvent':
    case 'Schema#log': {
      const name = String(at(event, 'schema') ?? (stream ?? '').replace(/^eventlogging_/, ''));
      const fields = at(event, 'event') ?? event;
      return api === 'track'
        ? call('mw.track', [js(`event.${name}`), js(fields)])
        : call('mw.eventLog.logEvent', [js(name), js(fields)]);
    }
    default:
      return call(`${holder}.submit`, [target, js(without(event, ['meta', 'dt']))]);
  }
}

const HOLDERS: { [client: string]: string } = {
  'event-logging': 'mw.eventLog',
  'test-kitchen': 'mw.testKitchen',
  xlab: 'mw.xLab',
  'metrics-client': 'metricsClient',
};

const call = (name: string, args: string[]) => (args.length === 0 ? `${name}()` : `${name}( ${args.join(', ')} )`);

/** An event without these members, which the client adds itself. */
function without(event: { [key: string]: Json }, names: string[]): Json {
  return Object.fromEntries(Object.entries(event).filter(([name]) => !names.includes(name)));
}
