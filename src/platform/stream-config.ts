/** Stream configs as the web client reads them. */

import { at, type Json } from './json.ts';

/** The stream configs of a client, by stream; false where they are switched off. */
export type StreamConfigs = { [stream: string]: Json } | false;

/**
 * The config by which the client treats a stream: undefined where it is not configured, and `{}` for every stream where
 * stream configs are switched off.
 * Source: mediawiki-libs-metrics-platform js/src/MetricsClient.js (getStreamConfigInternal).
 */
export function configOf(streams: StreamConfigs, stream: string): Json | undefined {
  return streams === false ? {} : at(streams, stream) || undefined;
}

/**
 * The stream to which the client sends the events of this config's stream instead; null where it does not. The target
 * must be configured too, and its own sampling is not asked.
 * Source: mediawiki-libs-metrics-platform js/src/MetricsClient.js (processSubmitCall).
 */
export function redirectOf(config: Json | undefined): string | null {
  const target = at(client(config), 'stream_name');
  return typeof target === 'string' && target !== '' ? target : null;
}

/** The contextual attributes that every client adds, whatever is configured. Same source as `provideValuesOf`. */
export const ALWAYS_PROVIDED = ['agent_client_platform', 'agent_client_platform_family'] as const;

/**
 * The names of the contextual attributes that `submitInteraction` and `submitClick` add (plain `submit` adds none).
 * Source: mediawiki-libs-metrics-platform js/src/ContextController.js (addRequestedValues).
 */
export function provideValuesOf(config: Json | undefined): string[] {
  const values = at(client(config), 'provide_values');
  const names = Array.isArray(values) ? values.filter(value => typeof value === 'string') : [];
  return [...names, ...ALWAYS_PROVIDED];
}

function client(config: Json | undefined): Json | undefined {
  return at(at(config, 'producers'), 'metrics_platform_client');
}
