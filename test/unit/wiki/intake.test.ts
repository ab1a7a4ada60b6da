import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startWiki, type Wiki } from '../../wiki/index.ts';

const VALID = {
  $schema: '/analytics/product_metrics/web/base/1.3.0',
  meta: { stream: 'wiki.page_visit' },
  dt: '2026-01-02T03:04:05.678Z',
  action: 'click',
  agent: { client_platform: 'mediawiki_js', client_platform_family: 'desktop_browser' },
};
const INVALID = { ...VALID, colour: 'red' };
const NO_SCHEMA = { ...VALID, $schema: undefined };

let wiki: Wiki;
beforeAll(async () => {
  wiki = await startWiki();
});
afterAll(() => wiki.close());
beforeEach(() => wiki.clearReceived());

async function post(body: unknown, { path = '/v1/events', type = 'text/plain;charset=UTF-8' } = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(new URL(path, wiki.url), {
    method: 'POST',
    headers: { 'content-type': type },
    body: text,
  });
  const answer = await response.text();
  return { status: response.status, message: response.statusText, answer, headers: response.headers };
}

describe('the intake answers as EventGate does', () => {
  it('201 for valid events, one or several', async () => {
    expect(await post(VALID)).toMatchObject({
      status: 201,
      answer: '',
      message: 'All 1 out of 1 events were accepted.',
    });
    expect(await post([VALID, VALID])).toMatchObject({ status: 201, message: 'All 2 out of 2 events were accepted.' });
  });

  it('400 when all are invalid, with the event after defaults and the errors', async () => {
    const { status, answer } = await post(INVALID);
    expect(status).toBe(400);
    const { invalid, error } = JSON.parse(answer);
    expect(error).toEqual([]);
    expect(invalid[0]).toMatchObject({
      status: 'invalid',
      event: {
        colour: 'red',
        meta: { id: expect.any(String), dt: expect.any(String), request_id: expect.any(String) },
      },
      context: { errorsText: "'' should NOT have additional properties" },
    });
  });

  it('207 for a mixture', async () => {
    const { status, answer } = await post([VALID, INVALID, NO_SCHEMA]);
    expect(status).toBe(207);
    expect(JSON.parse(answer)).toMatchObject({ invalid: [{ status: 'invalid' }], error: [{ status: 'error' }] });
  });

  it.each([
    ['no $schema', NO_SCHEMA, /\$schema were missing/],
    [
      'a schema that nobody has',
      { ...VALID, $schema: '/nobody/has/1.0.0' },
      /^Failed loading schema at \/nobody\/has\/1\.0\.0$/,
    ],
    ['no stream', { ...VALID, meta: {} }, /meta\.stream were missing/],
    ['an unknown stream', { ...VALID, meta: { stream: 'wiki.no_such_stream' } }, /is not configured/],
    ['a name of Object.prototype for a stream', { ...VALID, meta: { stream: 'constructor' } }, /is not configured/],
    [
      'a stream of another schema',
      { ...VALID, meta: { stream: 'test.event' } },
      /must have the schema title test\/event/,
    ],
    ['something that is no object', 7, /\$schema were missing/],
  ])('500 for %s', async (_what, event, message) => {
    const { status, answer } = await post([event]);
    expect(status).toBe(500);
    expect(JSON.parse(answer)).toMatchObject({
      invalid: [],
      error: [{ context: { message: expect.stringMatching(message) } }],
    });
  });

  it('400 without a body for nothing, an empty list, or a content type that it does not take', async () => {
    for (const refused of [
      await post(''),
      await post([]),
      await post(VALID, { type: 'application/x-www-form-urlencoded' }),
    ]) {
      expect(refused).toMatchObject({ status: 400, answer: '' });
    }
  });

  it('500 for what is not JSON', async () => {
    const { status, answer } = await post('{');
    expect(status).toBe(500);
    expect(JSON.parse(answer)).toMatchObject({ status: 500, type: 'internal_error', title: 'SyntaxError' });
  });

  it.each(['true', 'false', '1'])('202 and nothing else with hasty=%s, but keeps what it found', async hasty => {
    for (const body of [VALID, INVALID, NO_SCHEMA, '{', []]) {
      expect(await post(body, { path: `/v1/events?hasty=${hasty}` })).toMatchObject({ status: 202, answer: '' });
    }
    expect(wiki.received.map(({ outcomes }) => outcomes.map(({ status }) => status))).toEqual([
      ['success'],
      ['invalid'],
      ['error'],
      [],
      [],
    ]);
  });

  it('fills in dt where the schema has it and the event does not, and other defaults of the schema', async () => {
    await post({ $schema: '/test/event/1.0.0', meta: { stream: 'test.event' } });
    expect(wiki.received[0]?.outcomes[0]).toMatchObject({
      status: 'success',
      event: { dt: expect.any(String), test: 'default value' },
    });
    expect(wiki.received[0]?.events[0]).not.toHaveProperty('dt');
  });

  it('413 for more than 10 MB', async () => {
    expect((await post('x'.repeat(10_000_001))).status).toBe(413);
  });

  it('404 for anything but POST, and an open preflight', async () => {
    expect((await fetch(new URL('/v1/events', wiki.url))).status).toBe(404);
    const preflight = await fetch(new URL('/v2/events', wiki.url), { method: 'OPTIONS' });
    expect(preflight.ok).toBe(true);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect((await post(VALID)).headers.get('access-control-allow-origin')).toBe('*');
  });

  it('takes events at every path of production', async () => {
    for (const path of ['/v1/events', '/v2/events', '/evt-103e/v2/events', '/ins-502b/v2/events']) {
      expect((await post([VALID], { path })).status).toBe(201);
    }
  });
});

describe('what was received', () => {
  it('is kept in order, and told over HTTP', async () => {
    await post(VALID);
    await fetch(new URL(`/beacon/event?${encodeURIComponent('{"schema":"OldTest"}')};`, wiki.url), { method: 'POST' });
    const told = (await (await fetch(new URL('/_wiki/received', wiki.url))).json()) as unknown;
    expect(told).toEqual(JSON.parse(JSON.stringify(wiki.received)));
    expect(told).toMatchObject([
      { url: '/v1/events', method: 'POST', contentType: 'text/plain;charset=UTF-8', events: [VALID], status: 201 },
      { method: 'POST', body: '', events: [{ schema: 'OldTest' }], status: 204 },
    ]);
    await fetch(new URL('/_wiki/clear', wiki.url), { method: 'POST' });
    expect(wiki.received).toEqual([]);
  });
});
