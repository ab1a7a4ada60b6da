/** `action=streamconfigs` of the wiki's API. */

import type { Json, JsonObject } from '../../src/record/record.ts';
import { STREAMS, streamSettings } from './config.ts';
import { isObject } from './intake.ts';

/** Values are compared as the API does: as text, with true as `1` and false as nothing. */
const asText = (value: Json): string => (value === true ? '1' : value === false ? '' : String(value));

function meets(settings: JsonObject, constraint: string): boolean {
  const [key = '', wanted = ''] = constraint.split('=');
  const path = key.replaceAll(']', '').split('[');
  let value: Json = settings;
  for (const part of path) {
    if (!isObject(value) || value[part] === undefined) return false;
    value = value[part];
  }
  return asText(value) === wanted;
}

/**
 * The answer to `?action=streamconfigs[&streams=a|b][&constraints=key=value|key[part]=value]`.
 * Streams that do not exist are left out without a word.
 */
export function streamConfigs(query: URLSearchParams): JsonObject {
  if (query.get('action') !== 'streamconfigs') {
    return { error: { code: 'badvalue', info: `Unrecognized value for parameter "action": ${query.get('action')}.` } };
  }
  const names = query.get('streams')?.split('|');
  const constraints = query.get('constraints')?.split('|') ?? [];
  const streams = Object.entries(STREAMS)
    .filter(([name]) => !names || names.includes(name))
    .map(([name, stream]): [string, JsonObject] => [name, streamSettings(name, stream)])
    .filter(([, settings]) => constraints.every(constraint => meets(settings, constraint)));
  return { streams: Object.fromEntries(streams) };
}
