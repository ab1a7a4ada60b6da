/**
 * xLab: experiments of `mw.xLab`, and the overrides of `mw.metricsPlatform` before it. Its events go through clients of
 * the Metrics Platform library, which decides (mediawiki-extensions-MetricsPlatform modules/ext.xLab).
 */

import type { Adapter } from './adapter.ts';
import { begin, end } from './calls.ts';
import { watchExposures } from './exposures.ts';
import { watchAnswers, watchExperimentClasses, watchQuestions } from './experiments.ts';
import { fileOf, type Kitchen } from './kitchen.ts';
import { claimClient, describeInstrument } from './library.ts';
import { own } from './natives.ts';
import { addConfigs } from './stream-configs.ts';
import { wrap } from './wrap.ts';

export const xlab: Adapter = (mw, client, policy, _, changed) =>
  watchLab(
    { mw, client, policy, name: 'xlab', module: 'ext.xLab', variable: 'wgMetricsPlatformUserExperiments' },
    changed,
  );

/** Watches a client of this generation: Test Kitchen was one of them until February 2026. */
export function watchLab(kitchen: Kitchen, changed: () => void): void {
  const { mw, client, name, policy } = kitchen;
  kitchen.isSync = true;
  addConfigs(own(fileOf(kitchen, 'config.json'), 'streamConfigs'), policy);
  watchExposures(mw, policy, changed);
  watchExperimentClasses(kitchen);
  watchQuestions(kitchen, client, '');
  watchAnswers(kitchen);
  wrap(
    client,
    'getInstrument',
    (args, self) => {
      const call = begin(name, 'getInstrument', self);
      if (typeof args[0] === 'string') call.fact['instrument'] = args[0];
      return call;
    },
    (call, result, failed) => {
      if (!call) return;
      claimClient(own(result, 'metricsClient'), name);
      if (!failed) describeInstrument(call, result);
      end(call, result, failed);
    },
  );
}
