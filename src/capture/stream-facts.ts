/** What a client knows of a stream at the moment of a call, in the terms of StreamFacts. */

import type { Call } from './calls.ts';
import { isObject, own, ownText } from './natives.ts';
import { snapshot } from './text.ts';

/** The state of the standalone client until its stream configs have arrived (js/src/ExternalMetricsClient.js). */
export const FETCHING = 1;

let redirects = true;
/** EventLogging near 2022-11 redirects no stream. */
export const noRedirects = (): void => {
  redirects = false;
};

/**
 * Notes the stream and its facts. `client`: a MetricsClient, or what EventLogging configures its own with. The client's
 * look-up follows the prototype chain; ours does not.
 */
export function setStream({ fact }: Call, client: unknown, stream: unknown): void {
  if (typeof stream !== 'string') return;
  fact['stream'] = stream;
  if (!isObject(client)) return;
  const streams = own(client, 'streamConfigs');
  const found = streams === false ? {} : own(streams, stream);
  const target = redirects && ownText(own(own(found, 'producers'), 'metrics_platform_client'), 'stream_name');
  fact['streamFacts'] = {
    configured: isObject(found),
    sample: snapshot(own(found, 'sample')),
    intake: intakeOf(client),
    redirect: target || undefined,
    redirectConfigured: target ? isObject(own(streams, target)) : undefined,
    pending: own(client, 'state') === FETCHING || undefined,
  };
}

/** Where the client sends to; false where it has no URL, undefined where that cannot be told. */
function intakeOf(client: object): string | false | undefined {
  const submitter = own(client, 'eventSubmitter');
  const config = isObject(submitter) ? submitter : (own(own(client, 'integration'), 'eventLogConfig') ?? client);
  const url = own(config, 'eventGateUri') ?? own(config, 'eventIntakeUrl') ?? own(config, 'serviceUri');
  return typeof url === 'string' || url === undefined ? url : false;
}
