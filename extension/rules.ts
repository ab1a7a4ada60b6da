/** The isolated world, at document_start, registered only while some tab is under override. */

import { METRIC } from '../src/overrides/carrier.ts';
import { requestRules } from '../src/overrides/request.ts';
import { inheritedTiming } from '../src/page/timing.ts';

const { runtime } = globalThis.browser ?? globalThis.chrome;

const isCarried = inheritedTiming(window, METRIC) !== undefined;
const found = isCarried ? null : requestRules(window, path => runtime.getURL(path));
if (typeof found === 'string') globalThis.__inspectorUnforced = found;
else if (found) {
  const json = JSON.stringify(found);
  // Which of our scripts runs first is the browser's choice: a relay that comes later finds the text.
  if (globalThis.__inspectorRules) globalThis.__inspectorRules(json);
  else globalThis.__inspectorRulesEarly = json;
}
