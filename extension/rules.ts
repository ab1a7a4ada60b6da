/** The isolated world, at document_start, registered only while some tab is under override. */

import { rulesFromPage } from '../src/overrides/from-page.ts';
import { requestRules } from '../src/overrides/request.ts';

const { runtime } = globalThis.browser ?? globalThis.chrome;

const rules = rulesFromPage(window).rules ? null : requestRules(window, path => runtime.getURL(path));
if (rules) {
  const json = JSON.stringify(rules);
  // Which of our scripts runs first is the browser's choice: a relay that comes later finds the text.
  if (globalThis.__inspectorRules) globalThis.__inspectorRules(json);
  else globalThis.__inspectorRulesEarly = json;
}
