/** The standalone client: `window.MetricsClient` and all that is made of it (mediawiki-libs-metrics-platform js/build). */

import { watchMetricsClient } from './library.ts';
import { getPrototypeOf, own } from './natives.ts';
import type { Policy } from './policy.ts';

/** `constructor` is ExternalMetricsClient, which inherits from MetricsClient. */
export function metricsClient(constructor: object, policy: Policy, changed: () => void): void {
  const prototype = own(constructor, 'prototype');
  watchMetricsClient(prototype, 'metrics-client', policy, changed);
  watchMetricsClient(getPrototypeOf(prototype as object), 'metrics-client', policy, changed);
}
