/** What overrides mean for the network, as declarativeNetRequest session rules. */

import type { Browser, DeclarativeNetRequest } from 'webextension-polyfill';
import { encodeRules, METRIC } from '../overrides/carrier.ts';
import { answerPath, requestPath } from '../overrides/request.ts';
import type { Override, Rule as OverrideRule } from '../record/override.ts';

type Rule = DeclarativeNetRequest.Rule;
type RuleWithoutId = Omit<Rule, 'id'>;

/** A request to an intake, by path: `/v1/events`, `/evt-103e/v2/events`, `/beacon/event`. In RE2's syntax. */
const intakePath = (path: string) => `^https?://[^/?#]+/([^?#]*/)?${path}`;
const INTAKE = intakePath('(v[12]/events|beacon/event)');
const EVENTS = intakePath('v[12]/events');
const LEGACY = intakePath('beacon/event');

/** What redirects gives way to what exempts from it; what changes headers acts in either case. */
const PRIORITY = { redirect: 1, exempt: 2, always: 3 } as const;

/** Makes the browser's session rules agree with the overrides in force, in one atomic step. */
export async function installNetworkRules(browser: Browser, overrides: Map<number, Override>): Promise<void> {
  const network = browser.declarativeNetRequest;
  const present = await network.getSessionRules();
  if (!present.length && !overrides.size) return;
  const wanted = [...overrides].flatMap(([tab, override]) => rulesFor(browser, tab, override));
  if (overrides.size) wanted.push(answer(browser));
  await network.updateSessionRules({
    removeRuleIds: present.map(rule => rule.id),
    addRules: wanted.map((rule, index) => ({ ...rule, id: index + 1 })),
  });
}

function rulesFor(browser: Browser, tab: number, { target, ...override }: Override): RuleWithoutId[] {
  const encoded = encodeRules({ ...override, v: 1 });
  const rules = [carryInHeader(tab, encoded), answer(browser, tab, encoded), ...askByQuery(tab, override.rules)];
  const resourceTypes = requestTypes(browser);
  const intake = (regexFilter: string, action: Rule['action']): RuleWithoutId => ({
    condition: { tabIds: [tab], regexFilter, resourceTypes },
    action,
  });
  // Both fail closed: whatever the hook does, nothing of this tab reaches another intake.
  if (override.policy === 'hold-all') rules.push(intake(INTAKE, { type: 'block' }));
  if (override.policy === 'redirect' && target !== undefined) {
    rules.push(
      intake(EVENTS, { type: 'redirect', redirect: { url: target } }),
      intake(LEGACY, { type: 'block' }), // no EventGate takes one
      {
        priority: PRIORITY.exempt,
        condition: { tabIds: [tab], urlFilter: `|${target}`, resourceTypes },
        action: { type: 'allow' },
      },
    );
  }
  return rules;
}

/**
 * Experiments that are overridden as the platform does it: by the page's query. Where the query has it already, the
 * redirect must not match: Firefox then changes no header, though there is nothing to redirect (`evaluateRequest` in
 * https://searchfox.org/mozilla-central/source/toolkit/components/extensions/ExtensionDNR.sys.mjs).
 */
function askByQuery(tab: number, rules: OverrideRule[]): RuleWithoutId[] {
  const groups = rules.flatMap(rule =>
    'experiment' in rule && rule.as === 'mpo' ? [`${rule.experiment}:${rule.group ?? ''}`] : [],
  );
  if (groups.length === 0) return [];
  const value = groups.join(';');
  const addOrReplaceParams = [{ key: 'mpo', value }];
  const condition = { tabIds: [tab], resourceTypes: ['main_frame' as const] };
  return [
    {
      priority: PRIORITY.redirect,
      condition,
      action: { type: 'redirect', redirect: { transform: { queryTransform: { addOrReplaceParams } } } },
    },
    {
      priority: PRIORITY.exempt,
      condition: { ...condition, urlFilter: `^mpo=${encodeURIComponent(value)}^`, isUrlFilterCaseSensitive: true },
      action: { type: 'allow' },
    },
  ];
}

function carryInHeader(tab: number, rules: string): RuleWithoutId {
  return {
    priority: PRIORITY.always,
    condition: { tabIds: [tab], resourceTypes: ['main_frame', 'sub_frame'] },
    action: {
      type: 'modifyHeaders',
      responseHeaders: [
        { header: 'server-timing', operation: 'append', value: `${METRIC};desc="${rules}"` },
        // Firefox stores the appended header in its HTTP cache, where it would outlive the override.
        { header: 'cache-control', operation: 'set', value: 'no-store' },
      ],
    },
  };
}

/** Answers the request for rules: with those of the tab; in all other tabs without any, so that it never reaches a site. */
function answer(browser: Browser, tab?: number, rules?: string): RuleWithoutId {
  return {
    priority: tab === undefined ? PRIORITY.redirect : PRIORITY.exempt,
    condition: {
      ...(tab === undefined ? {} : { tabIds: [tab] }),
      urlFilter: `${requestPath(path => browser.runtime.getURL(path))}|`,
      resourceTypes: ['xmlhttprequest'],
    },
    action: { type: 'redirect', redirect: { extensionPath: answerPath(rules) } },
  };
}

/** A beacon is a `ping` in Chromium, which refuses the word `beacon`; Firefox has both, and they are not the same. */
const requestTypes = (browser: Browser): DeclarativeNetRequest.ResourceType[] =>
  isFirefox(browser)
    ? ['beacon', 'ping', 'xmlhttprequest', 'image', 'other']
    : ['ping', 'xmlhttprequest', 'image', 'other'];

function isFirefox(browser: Browser): boolean {
  return browser.runtime.getURL('').startsWith('moz-extension:');
}
