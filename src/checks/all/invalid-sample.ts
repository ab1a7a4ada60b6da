import { at } from '../../platform/json.ts';
import { isValidSample } from '../../platform/sampling.ts';
import { NOTHING, type Check } from '../types.ts';

export const invalidSample: Check = {
  name: 'invalid-sample',
  severity: 'warning',
  what: 'A stream’s `sample` has rate 0, no rate, a rate above 1, no unit, or a unit that the web does not know.',
  why: 'The client takes it for invalid and drops every event of the stream.',
  source: 'mediawiki-libs-metrics-platform js/src/StreamConfig.js (isValidSample), SamplingController.js',
  memory: 'page-load',
  begin() {
    const seen = new Set<string>();
    return ({ record: { stream, client }, config }) => {
      const sample = at(config ?? {}, 'sample');
      if (!sample || stream === null || seen.has(stream)) return NOTHING;
      seen.add(stream);
      const text = JSON.stringify(sample).slice(0, 80);
      if (!isValidSample(sample))
        return [{ message: `The client takes the sample of ${stream} for invalid: ${text}`, path: null }];
      const unit = at(sample, 'unit');
      // What no client of a page has decided about may be an app's.
      if (client === 'unknown' || unit === 'session' || unit === 'pageview') return NOTHING;
      return [{ message: `The web samples by session or pageview, not by what ${stream} has: ${text}`, path: null }];
    };
  },
};
