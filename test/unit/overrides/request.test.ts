import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { encodeRules } from '../../../src/overrides/carrier.ts';
import { answerPath, requestPath, requestRules } from '../../../src/overrides/request.ts';
import type { PageRules } from '../../../src/record/override.ts';

const RULES: PageRules = { v: 1, rules: [{ stream: 'a', sample: 'in' }], policy: 'deliver', until: 5 };
/** Chromium gives files with `use_dynamic_url` an address of their own, and redirects to the lasting one. */
const address = (path: string) => (path ? `chrome-extension://random/${path}` : 'chrome-extension://id/');
const ANSWER = `chrome-extension://id${answerPath(encodeRules(RULES))}`;

let answer: string | Error;
let asked: string[];
beforeEach(() => {
  answer = ANSWER;
  asked = [];
  class Request {
    responseURL = '';
    open(method: string, url: string, later: boolean): void {
      expect([method, later]).toEqual(['GET', false]);
      asked.push(url);
    }
    send(): void {
      if (answer instanceof Error) throw answer;
      this.responseURL = answer;
    }
  }
  vi.stubGlobal('XMLHttpRequest', Request);
});
afterEach(() => vi.unstubAllGlobals());

interface Page {
  origin?: string;
  protocol?: string;
  timing?: unknown;
  worker?: unknown;
}
const page = ({ origin = 'http://wiki:80', protocol = 'http:', timing = undefined, worker = null }: Page = {}) =>
  ({
    origin,
    location: { protocol },
    performance: { getEntriesByType: () => [{ serverTiming: timing }] },
    navigator: worker === undefined ? {} : { serviceWorker: { controller: worker } },
  }) as unknown as Window;

describe('a page whose response tells nothing asks', () => {
  test.each([
    ['on plain http in Firefox', page({ worker: undefined })],
    ['under a service worker', page({ timing: [], worker: {} })],
    ['without a response of its own', page({ protocol: 'about:', timing: [] })],
  ])('%s', (_, window) => {
    expect(requestRules(window, address)).toEqual(RULES);
    expect(asked).toEqual([`http://wiki:80${requestPath(address)}`]);
  });
});

test.each([
  ['its response would have told', page({ timing: [] })],
  ['its response would have told, in a sandbox', page({ origin: 'null', timing: [] })],
])('a page does not ask where %s', (_, window) => {
  expect(requestRules(window, address)).toBeNull();
  expect(asked).toEqual([]);
});

test.each([
  ['the tab has no rules', `chrome-extension://id${answerPath()}`],
  ['the site answers', 'http://wiki:80/x?r=%7B%7D'],
  ['another extension answers', ANSWER.replace('id', 'other')],
  ['the rules are broken', `chrome-extension://id${answerPath('%')}`],
])('there are no rules where %s', (_, given) => {
  answer = given;
  expect(requestRules(page(), address)).toBeNull();
});

test('the path depends on what no page knows', () => {
  const other = (path: string) => address(path).replace('random', 'else');
  expect(requestPath(address)).not.toBe(requestPath(other));
  expect(requestPath(address)).toMatch(/^\/inspector-rules-[0-9a-z]{15,}$/);
});

test('a page says why no rule reaches it', () => {
  expect(requestRules(page({ origin: 'null' }), address)).toBe('opaque');
  expect(requestRules(page({ origin: 'null', protocol: 'data:', timing: [] }), address)).toBe('opaque');
  answer = new DOMException('forbidden', 'NetworkError');
  expect(requestRules(page(), address)).toBe('sync-xhr');
  expect(requestRules(page(), path => `moz-extension://id/${path}`)).toBe('connect-src');
});
