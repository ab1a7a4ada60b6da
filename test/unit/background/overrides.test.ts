import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Override } from '../../../src/record/override.ts';
import { FakeBrowser } from './fake-browser.ts';

const HOUR = 3_600_000;
const override = (extra: Partial<Override> = {}): Override => ({
  rules: [{ stream: 'mediawiki.web_ui_actions', sample: 'in' }],
  policy: 'hold-forced',
  until: Date.now() + HOUR,
  ...extra,
});
const set = (tab: number, value: unknown) => ({ request: 'override.set', tab, override: value });

let browser: FakeBrowser;
beforeEach(() => {
  browser = new FakeBrowser();
  browser.tabs.set(7, { url: 'https://en.wikipedia.org/' }).set(8, { url: 'https://de.wikipedia.org/' });
  browser.start();
});

/** What every part of the browser says about a tab. */
function seen(tab: number) {
  return {
    stored: browser.stored[`override:${tab}`] !== undefined,
    rules: browser.rules.filter(rule => rule.condition.tabIds?.includes(tab)).length > 0,
    badge: browser.badges.get(tab) ?? '',
    alarm: browser.alarms.has(`override:${tab}`),
  };
}
const isAnswer = (rule: { action: { type: string } }) => rule.action.type === 'redirect';
const ON = { stored: true, rules: true, badge: 'ON', alarm: true };
const OFF = { stored: false, rules: false, badge: '', alarm: false };

describe('an override', () => {
  test('reaches storage, network rules, badge and alarm, and ends in all of them', async () => {
    expect(await browser.ask(set(7, override()))).toBeNull();
    expect(seen(7)).toEqual(ON);
    expect(seen(8)).toEqual(OFF);
    expect(await browser.ask({ request: 'override.clear', tab: 7 })).toBeNull();
    expect(seen(7)).toEqual(OFF);
    expect(browser.rules).toEqual([]);
  });

  test('travels in a header which no cache keeps', async () => {
    const value = override();
    await browser.ask(set(7, value));
    const header = encodeURIComponent(JSON.stringify({ ...value, v: 1 }));
    expect(browser.rules[0]).toMatchObject({
      condition: { tabIds: [7], resourceTypes: ['main_frame', 'sub_frame'] },
      action: {
        type: 'modifyHeaders',
        responseHeaders: [
          { header: 'server-timing', operation: 'append', value: `inspector-rules;desc="${header}"` },
          { header: 'cache-control', operation: 'set', value: 'no-store' },
        ],
      },
    });
  });

  test('travels by a request too, which is answered in every tab and never by a site', async () => {
    const value = override();
    await browser.ask(set(7, value));
    const answers = browser.rules.filter(isAnswer).sort((a, b) => (b.priority ?? 1) - (a.priority ?? 1));
    const rules = encodeURIComponent(JSON.stringify({ ...value, v: 1 }));
    expect(answers).toMatchObject([
      { condition: { tabIds: [7] }, action: { redirect: { extensionPath: `/blank.json?r=${rules}` } } },
      { action: { redirect: { extensionPath: '/blank.json' } } },
    ]);
    expect(answers[1]?.condition.tabIds).toBeUndefined();
    expect(browser.scripts).toMatchObject([{ js: ['rules.js'], matches: ['https://*.wikipedia.org/*'] }]);
  });

  test.each([
    ['chrome-extension://ours/', ['ping', 'xmlhttprequest', 'image', 'other']],
    ['moz-extension://ours/', ['beacon', 'ping', 'xmlhttprequest', 'image', 'other']],
  ])('blocks the intake in a dry run, in the words of %s', async (extension, resourceTypes) => {
    browser = new FakeBrowser(extension);
    browser.tabs.set(7, { url: '' });
    browser.start();
    await browser.ask(set(7, override({ policy: 'hold-all' })));
    const block = browser.rules.find(rule => rule.action.type === 'block');
    expect(block?.condition).toMatchObject({ tabIds: [7], resourceTypes });
    const intake = new RegExp(String(block?.condition['regexFilter']));
    for (const url of [
      'https://a.b/v1/events?hasty=true',
      'https://a/evt-103e/v2/events',
      'http://a:1/beacon/event?%7B',
    ]) {
      expect(url).toMatch(intake);
    }
    for (const url of ['https://a/w/load.php?x=/v1/events', 'https://a/wiki/v1', 'https://a/v3/events']) {
      expect(url).not.toMatch(intake);
    }
    await browser.ask(set(7, override()));
    expect(browser.rules.some(rule => rule.action.type === 'block')).toBe(false);
  });

  test('of many tabs set at once all get rules of their own', async () => {
    const tabs = Array.from({ length: 20 }, (_, index) => 100 + index);
    for (const tab of tabs) browser.tabs.set(tab, { url: '' });
    await Promise.all(tabs.map(tab => browser.ask(set(tab, override()))));
    for (const tab of tabs) expect(seen(tab)).toEqual(ON);
    expect(new Set(browser.rules.map(rule => rule.id)).size).toBe(browser.rules.length);
    for (const tab of tabs) browser.closeTab(tab);
    await vi.waitFor(() => expect(browser.rules).toEqual([]));
    expect(browser.stored).toEqual({});
  });

  test('that the browser refuses leaves the earlier one in force', async () => {
    const first = override();
    await browser.ask(set(7, first));
    const before = structuredClone(browser.rules);
    browser.refuses = rule => (rule.action.type === 'block' ? 'Rule is too large.' : null);
    for (const tab of [7, 8]) {
      expect(await browser.ask(set(tab, override({ policy: 'hold-all' })))).toEqual({ error: 'Rule is too large.' });
    }
    expect(await browser.ask({ request: 'override.get', tab: 7 })).toEqual(first);
    expect(browser.rules).toEqual(before);
    expect(seen(7)).toEqual(ON);
    expect(seen(8)).toEqual(OFF);
  });

  test.each([
    ['no object', null, /must be an object/],
    ['no rules', { policy: 'deliver', until: 1 }, /list of rules/],
    ['another policy', override({ policy: 'elsewhere' as Override['policy'] }), /delivery policy/],
    ['a redirect to nowhere', override({ policy: 'redirect' }), /http or https address/],
    ['a rule for nothing', override({ rules: [{ stream: '', sample: 'in' }] }), /Rule 1/],
    ['an end in the past', override({ until: 1 }), /ended already/],
    ['no end', override({ until: Infinity }), /time when it ends/],
    ['an end in two days', override({ until: Date.now() + 48 * HOUR }), /24 hours/],
    ['too much', override({ rules: [{ stream: 'x'.repeat(100_000), sample: 'in' }] }), /at most 100000/],
  ])('with %s is refused, and nothing of it applied', async (_, value, message) => {
    expect(await browser.ask(set(7, value))).toEqual({ error: expect.stringMatching(message) });
    expect(seen(7)).toEqual(OFF);
  });

  test('for a tab that is gone is refused', async () => {
    expect(await browser.ask(set(99, override()))).toEqual({ error: expect.stringContaining('no tab 99') });
    expect(seen(99)).toEqual(OFF);
  });

  test('is announced to pages and panels', async () => {
    const relay = browser.connectRelay(7);
    const panel = browser.connectPanel(7);
    const elsewhere = browser.connectRelay(8);
    const value = override();
    await browser.ask(set(7, value));
    await vi.waitFor(() => expect(relay.received).toContainEqual({ type: 'rules', rules: { ...value, v: 1 } }));
    expect(panel.received).toContainEqual({ type: 'override', override: value });
    await browser.ask({ request: 'override.clear', tab: 7 });
    await vi.waitFor(() => expect(relay.received.at(-1)).toEqual({ type: 'rules', rules: null }));
    expect(panel.received.at(-1)).toEqual({ type: 'override', override: null });
    expect(elsewhere.received).toEqual([]);
  });

  test('shows its badge again after a navigation', async () => {
    await browser.ask(set(7, override()));
    browser.navigate(7);
    await vi.waitFor(() => expect(browser.badges.get(7)).toBe('ON'));
    browser.navigate(8);
    await browser.ask({ request: 'override.get', tab: 8 });
    expect(browser.badges.get(8)).toBeUndefined();
  });

  test('ends when its time is over, with the alarm that wakes the background', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    try {
      await browser.ask(set(7, override()));
      const panel = browser.connectPanel(7);
      vi.setSystemTime(Date.now() + HOUR + 1);
      expect(await browser.ask({ request: 'override.get', tab: 7 })).toBeNull();
      browser.emit('alarms.onAlarm', { name: 'override:7' });
      await vi.waitFor(() => expect(seen(7)).toEqual(OFF));
      await vi.waitFor(() => expect(panel.received.at(-1)).toEqual({ type: 'override', override: null }));
    } finally {
      vi.useRealTimers();
    }
  });

  test('follows its tab to another id', async () => {
    await browser.ask(set(7, override()));
    browser.tabs.delete(7);
    browser.tabs.set(70, { url: '' });
    browser.emit('tabs.onReplaced', 70, 7);
    await vi.waitFor(() => expect(seen(70)).toEqual(ON));
    expect(seen(7)).toMatchObject({ stored: false, rules: false, alarm: false });
  });
});

describe('events that go to an intake of the user’s own', () => {
  const target = 'http://localhost:8192/v1/events';
  const redirect = () => override({ policy: 'redirect', target });

  test('are redirected by the network, but those that nobody there takes; the badge says so', async () => {
    await browser.ask(set(7, redirect()));
    const find = (type: string) => browser.rules.filter(rule => rule.action.type === type);
    expect(find('redirect')[1]).toMatchObject({ condition: { tabIds: [7] }, action: { redirect: { url: target } } });
    expect(find('block')).toMatchObject([
      { condition: { tabIds: [7], regexFilter: expect.stringContaining('beacon') } },
    ]);
    expect(find('allow')).toMatchObject([{ priority: 2, condition: { urlFilter: `|${target}` } }]);
    expect(browser.badges.get(7)).toBe('ON→');
  });

  test.each([
    ['ends', { request: 'override.clear', tab: 7 }],
    ['becomes another', set(7, override())],
  ])('are no more once the page knows that its override %s', async (_, request) => {
    await browser.ask(set(7, redirect()));
    const isRedirecting = () => browser.rules.some(({ action }) => JSON.stringify(action).includes(target));
    const network: boolean[] = [];
    browser.connectRelay(7).onMessage.addListener(() => void network.push(isRedirecting()));
    await browser.ask(request);
    await vi.waitFor(() => expect(network).toEqual([true, false]));
  });

  test('go on where the browser refuses what is to come next', async () => {
    await browser.ask(set(7, redirect()));
    const relay = browser.connectRelay(7);
    const policy = () => (browser.stored['override:7'] as Override).policy;
    browser.refuses = () => (policy() === 'hold-all' ? 'No.' : null);
    expect(await browser.ask(set(7, override({ policy: 'hold-all' })))).toEqual({ error: 'No.' });
    await vi.waitFor(() => expect(relay.received.at(-1)).toMatchObject({ rules: { policy: 'redirect' } }));
  });
});

describe('the shortcut', () => {
  test('ends all overrides of all tabs', async () => {
    for (const tab of [7, 8]) await browser.ask(set(tab, override()));
    browser.emit('commands.onCommand', 'something-else');
    await browser.ask({ request: 'override.get', tab: 7 });
    expect(seen(7)).toEqual(ON);
    browser.emit('commands.onCommand', 'everything-off');
    await vi.waitFor(() => {
      expect(seen(7)).toEqual(OFF);
      expect(seen(8)).toEqual(OFF);
    });
    expect(browser.rules).toEqual([]);
    expect(browser.scripts).toEqual([]);
  });
});

describe('after a stop of the background', () => {
  test('an override is in force, everywhere', async () => {
    const value = override();
    await browser.ask(set(7, value));
    browser.stop();
    browser.badges.clear();
    browser.start();
    await vi.waitFor(() => expect(seen(7)).toEqual(ON));
    expect(await browser.ask({ request: 'override.get', tab: 7 })).toEqual(value);
  });

  test.each(['rules', 'alarms', 'scripts'] as const)('lost or foreign %s are put right', async what => {
    await browser.ask(set(7, override()));
    const { rules, scripts } = structuredClone({ rules: browser.rules, scripts: browser.scripts });
    browser.stop();
    if (what === 'rules') {
      browser.rules = [{ id: 1, condition: { tabIds: [8] }, action: { type: 'block' } }];
    } else if (what === 'alarms') {
      browser.alarms = new Map([['override:8', 5]]);
    } else {
      browser.scripts = [];
    }
    browser.start();
    await vi.waitFor(() => {
      expect(browser.rules).toEqual(rules);
      expect([...browser.alarms.keys()]).toEqual(['override:7']);
      expect(browser.scripts).toEqual(scripts);
    });
  });

  test('an override whose tab was closed meanwhile is gone', async () => {
    await browser.ask(set(7, override()));
    browser.stop();
    browser.closeTab(7);
    browser.start();
    await vi.waitFor(() => expect(seen(7)).toEqual(OFF));
    expect(browser.scripts).toEqual([]);
  });

  test('an override that has expired meanwhile is gone', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    try {
      await browser.ask(set(7, override()));
      browser.stop();
      vi.setSystemTime(Date.now() + HOUR + 1);
      browser.start();
      await vi.waitFor(() => expect(seen(7)).toEqual(OFF));
    } finally {
      vi.useRealTimers();
    }
  });

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20])(
    'in the middle of setting and clearing (%i turns later) everything agrees',
    async turns => {
      for (const request of [set(7, override()), { request: 'override.clear', tab: 7 }]) {
        const live = browser.stored;
        void browser.ask(request);
        for (let i = 0; i < turns; i++) await new Promise(resolve => setImmediate(resolve));
        // Else the script's request would reach the site.
        if (browser.scripts.length) expect(browser.rules.some(isAnswer)).toBe(true);
        // What an instance still does after its stop must not count: it goes on with copies.
        const { rules, scripts, alarms, tabs, badges } = browser;
        const next = new FakeBrowser();
        Object.assign(next, structuredClone({ stored: live, rules, scripts, alarms, tabs, badges }));
        browser.stop();
        browser = next;
        browser.start();
        const current = await browser.ask({ request: 'override.get', tab: 7 });
        await vi.waitFor(() => expect(seen(7)).toEqual(current ? ON : OFF));
      }
    },
  );
});

test('nobody but a page of the extension may ask', async () => {
  const content = { id: 'ours', url: 'https://en.wikipedia.org/', tab: { id: 7 }, frameId: 0 };
  const stranger = { id: 'theirs', url: 'chrome-extension://theirs/panel.html' };
  for (const sender of [content, stranger]) {
    for (const message of [set(7, override()), { request: 'fetch', url: 'https://x/', limit: 5 }]) {
      expect(await browser.ask(message, sender)).toEqual({ error: expect.stringContaining('Only a page') });
    }
  }
  expect(seen(7)).toEqual(OFF);
  await expect(browser.ask({ request: 'constructor' })).rejects.toThrow('nobody answers');
});
