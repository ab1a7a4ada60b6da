import { gzipSync } from 'node:zlib';
import Ajv from 'ajv';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import lineSchema from '../../../src/record/record.schema.json' with { type: 'json' };
import type { Json, JsonObject, Record } from '../../../src/record/record.ts';
import { leavesOf } from '../../../src/test-session/content.ts';
import { createElements } from '../../../src/test-session/files/elements.ts';
import { exportSession, type Format, FORMATS, formatOf } from '../../../src/test-session/files/export.ts';
import type { Imported } from '../../../src/test-session/files/collect.ts';
import { importFile } from '../../../src/test-session/files/import.ts';
import { KEEP_ALL, redactionOf } from '../../../src/test-session/files/redact.ts';
import { shortUserAgent } from '../../../src/test-session/files/user-agent.ts';
import { createJudge } from '../../../src/test-session/judge/judge.ts';
import { blankHeader, type TestSession } from '../../../src/test-session/session.ts';
import { finish } from '../../../src/test-session/slices.ts';
import { dropped, iso, PAGEVIEW, record, SESSION, sessionOf } from './sessions.ts';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
const SECRETS = [
  'Jane Example',
  '203.0.114.77',
  'a1b2c3d4-0000-4fff-8aaa-123456789abc',
  '0123456789abcdef0123456789abcdef01234567',
  '2a02:ec80:300:1::42',
];

const sampling = { unit: 'session', id: SESSION, value: 0.5000000001164153, rate: 0.2, inSample: false };
const session: TestSession = sessionOf(
  [
    record(1, 10, 'open'),
    record(2, 20, '=HYPERLINK("http://evil")', {
      page: { load: 'load', url: 'https://en.wikipedia.org/wiki/User:Jane_Example' },
      delivery: {
        state: 'answered',
        url: `https://en.wikipedia.org/beacon/event?%7B%22session_id%22%3A%22${SESSION}%22%7D;`,
        queuedUntil: null,
        sentAt: iso(20),
        status: 204,
        answer: null,
      },
    }),
    record(3, 30, 'click', { decision: { ...(dropped('out-of-sample').decision as Record['decision']), sampling } }),
    record(
      4,
      40,
      'a|b `c`\n<b>',
      {},
      {
        performer: { session_id: SESSION, id: 4711, name: SECRETS[0] ?? '' },
        http: { client_ip: SECRETS[1] ?? '', request_headers: { 'user-agent': CHROME } },
        agent: { app_install_id: SECRETS[2] ?? '' },
        device_id: SECRETS[3] ?? '',
        note: `seen from ${SECRETS[4]} by Jane_Example`,
      },
    ),
  ],
  {
    header: {
      ...blankHeader(iso(0)),
      browser: CHROME,
      test: { name: 'A *test*', started: iso(0), ended: iso(100) },
      environment: { user: 'named', language: 'en', mediawiki: '1.47', streamConfigs: 'abc', repositories: [] },
    },
    holes: [{ type: 'hole', load: 'load', from: 5, to: 9, reason: 'gap' }],
    marks: [
      { type: 'mark', time: iso(0), what: 'start', text: '' },
      { type: 'mark', time: iso(15), what: 'step', text: 'Click' },
      { type: 'mark', time: iso(35), what: 'note', text: 'as Jane Example' },
      { type: 'mark', time: iso(100), what: 'stop', text: '' },
    ],
  },
);

const judge = createJudge({
  plan: 1,
  name: 'x',
  steps: [],
  expect: [
    { name: 'One <click> | or so', of: { action: 'click' }, exactly: 1 },
    { of: { action: 'open' }, exactly: 1 },
  ],
});
session.records.forEach((one, index) => judge.take(one, index));
judge.end();
const results = judge.results();

const exported = (given: TestSession, format: Format, keep = false, columns?: string[]) => {
  const redaction = keep ? KEEP_ALL : finish(redactionOf(given));
  return [...exportSession(given, format, { redaction, results, ...(columns && { columns }) })].join('');
};
const text = (format: Format, keep = false) => exported(session, format, keep);
const read = (content: string | Uint8Array, name = 'file', size = 7): Promise<Imported> => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  let at = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, (at += size)));
    },
  });
  return importFile(stream, { name, pause: async () => undefined });
};

describe('what leaves', () => {
  it('has none of what is redacted, in any format', () => {
    for (const format of Object.keys(FORMATS) as Format[]) {
      const all = text(format);
      for (const secret of [...SECRETS, SESSION, PAGEVIEW, '4711', 'Jane', CHROME, '0.5000000001164153'])
        expect([format, secret, all.includes(secret)]).toEqual([format, secret, false]);
    }
  });

  it('is told before it leaves', () => {
    const { replaced } = finish(redactionOf(session));
    expect(Object.fromEntries(replaced?.map(({ secret, values }) => [secret, values]) ?? [])).toEqual({
      session: 1,
      pageview: 1,
      install: 2,
      user: 2,
      ip: 2,
      'user-agent': 1,
      'sampling-value': 1,
    });
  });

  it('has the same pseudonym for the same value, of the same form', async () => {
    const { session: back } = await read(text('ndjson'));
    const ids = back.records.map(one => one.session);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^0{19}1$/);
    const performer = (back.records[0]?.event as JsonObject)['performer'] as JsonObject;
    expect(performer['session_id']).toBe(ids[0]);
    expect(back.records[1]?.delivery.url).toContain(`%22${ids[0]}%22`);
    expect(back.header.browser).toBe('Chromium 156, Linux');
  });

  it('is as it was where it is to be kept', () => {
    for (const secret of [SESSION, ...SECRETS]) expect(text('ndjson', true)).toContain(secret);
  });

  it('redacts any value of a field that names somebody', () => {
    const secret = fc.stringMatching(/^[0-9a-f]{16,40}$/);
    fc.assert(
      fc.property(secret, secret, fc.jsonValue(), (id, token, other) => {
        const one = record(
          1,
          1,
          'x',
          { session: id },
          {
            performer: { session_id: id, pageview_id: token },
            other: [other as Json, `https://x.example/?a=${id}&b=${token}`],
          },
        );
        const all = exported(sessionOf([one]), 'ndjson');
        expect(all).not.toContain(id);
        expect(all).not.toContain(token);
      }),
    );
  });
});

describe('round trips', () => {
  it('give the record back as it was', async () => {
    const back = await read(text('ndjson', true));
    expect([back.kind, back.skipped]).toEqual(['inspector', 0]);
    expect(back.session).toEqual(session);
    const validate = new Ajv({ allErrors: true }).compile(lineSchema);
    for (const line of text('ndjson').trimEnd().split('\n'))
      expect([validate(JSON.parse(line)), validate.errors]).toEqual([true, null]);
  });

  it('give the record back but for what is told to be replaced', async () => {
    const redaction = finish(redactionOf(session));
    const back = await read(text('ndjson'));
    expect([back.skipped, back.session.records]).toEqual([0, session.records.map(redaction.record)]);
    const changed = session.records.flatMap((one, index) => {
      const now = new Map(
        leavesOf(back.session.records[index] as unknown as Json).map(leaf => [leaf.path, leaf.value]),
      );
      return leavesOf(one as unknown as Json).filter(({ path, value }) => now.get(path) !== value);
    });
    const isTold = ({ value }: { value: Json }) =>
      [...SECRETS, SESSION, PAGEVIEW, CHROME, 'Jane_Example', '4711', '0.5000000001164153'].some(secret =>
        String(value).includes(secret),
      );
    expect(changed.filter(leaf => !isTold(leaf) && typeof leaf.value !== 'object')).toEqual([]);
    expect(changed.length).toBeGreaterThan(10);
  });

  it('give a HAR back through every format that is read', async () => {
    const events = session.records.map(({ event }) => event);
    const har = JSON.stringify({
      log: {
        version: '1.2',
        entries: events.map((event, index) => ({
          startedDateTime: iso(index),
          request: {
            method: 'POST',
            url: 'https://intake-analytics.wikimedia.org/v1/events',
            headers: [],
            postData: { text: JSON.stringify(event) },
          },
          response: { status: 201, content: {} },
        })),
      },
    });
    const { session: first } = await read(har);
    expect(first.records).toHaveLength(events.length);
    const again = await read(exported(first, 'ndjson', true));
    expect(again.session.records).toEqual(first.records);
    const bare = await read(exported(first, 'events', true));
    expect(bare.session.records.map(({ event }) => event)).toEqual(events);
    const table = await read(exported(first, 'csv', true));
    expect(table.session.records.map(({ event, time, stream, session: id }) => [event, time, stream, id])).toEqual(
      first.records.map(({ event, time, stream, session: id }) => [event, time, stream, id]),
    );
  });

  it('give bare events back, from NDJSON, from an array, from a stream and packed', async () => {
    const lines = text('events', true);
    const events = session.records.filter(({ decision }) => decision.state === 'accepted').map(({ event }) => event);
    const forms = [
      lines,
      JSON.stringify(events),
      JSON.stringify(events, null, 2),
      events.map(event => `event: message\nid: [{"offset":1}]\ndata: ${JSON.stringify(event)}\n\n`).join(''),
      lines
        .split('\n')
        .map(line => (line ? `1700000000123 key\t${line}` : ''))
        .join('\n'),
      gzipSync(lines),
    ];
    for (const form of forms) {
      const back = await read(form);
      expect([back.skipped, back.session.records.map(({ event }) => event)]).toEqual([0, events]);
    }
  });

  it('make a table that spreadsheets read, without formulas, and that is read back', async () => {
    const csv = text('csv', true);
    expect(csv.split('\r\n').length).toBeGreaterThan(5);
    const { data } = Papa.parse<{ [column: string]: string }>(csv.trimEnd(), { header: true });
    expect(data.map(({ action }) => action)).toEqual(['open', `'=HYPERLINK("http://evil")`, 'click', 'a|b `c`\n<b>']);
    expect(data.map(({ step }) => step)).toEqual(['', 'Click', 'Click', 'Click']);
    expect(data.map(({ event }) => JSON.parse(event ?? '') as Json)).toEqual(session.records.map(({ event }) => event));
    const back = await read(csv);
    expect([back.kind, back.skipped, exported(back.session, 'csv', true)]).toEqual(['table', 0, csv]);
    const columns = exported(session, 'csv', true, ['action', 'performer.id']);
    expect(columns.split('\r\n').slice(0, 2)).toEqual(['action,performer.id', 'open,']);
  });
});

describe('reports', () => {
  it('say what failed, and show nothing of a page as markup', () => {
    for (const format of ['markdown', 'remarkup', 'html'] as const) {
      expect([format, text(format)]).toEqual([format, expect.stringContaining('One ')]);
      expect(text(format)).not.toContain('<b>\n');
    }
    expect(text('markdown')).toContain('`a\\|b ˋcˋ\ufffd<b>`');
    expect(text('html')).toContain('One &#60;click&#62; | or so');
    expect(text('html')).not.toContain('<script');
  });

  it('are JUnit for CI', () => {
    expect(text('junit')).toContain('<testsuites tests="2" failures="1">');
    expect(text('junit')).toContain('name="0.1 One &lt;click&gt; | or so"><failure type="fail"');
  });

  it('are asked for by the name of the file', () => {
    expect(
      ['a.ndjson', 'a.events.ndjson', 'a.csv', 'a.md', 'a.remarkup.txt', 'a.html', 'a.xml', 'a.doc'].map(formatOf),
    ).toEqual(['ndjson', 'events', 'csv', 'markdown', 'remarkup', 'html', 'junit', null]);
  });
});

describe('what comes in', () => {
  const event = JSON.stringify({ $schema: '/a/1.0.0', meta: { stream: 's' } });

  it('is skipped where it is broken, with its line', async () => {
    const { session: back, problems, skipped } = await read(`${event}\n{"broken\n${event}\n[1]\n{"$schema": "/a`);
    expect(back.records).toHaveLength(2);
    expect([skipped, problems.map(({ line }) => line)]).toEqual([3, [2, 4, 5]]);
    expect(problems[2]?.message).toContain('cut off');
  });

  it('is read up to where an array ends too early', async () => {
    const { session: back, problems } = await read(`[${event},\n{"a": },\n${event},\n{"$sch`);
    expect(back.records).toHaveLength(2);
    expect(problems.map(({ line }) => line)).toEqual([2, 4]);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'is empty'],
    ['a page', '<!DOCTYPE html><html>', 'a web page'],
    ['a zip', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), 'a zip archive'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10), 'a PNG picture'],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x7b, 0), 'UTF-16'],
    ['other JSON', '{"name": "package", "version": "1.0.0"}', 'no event'],
    ['a table', 'time,stream,action\n1,2,3\n', 'a table'],
    ['text', 'hello', 'without JSON'],
    ['an empty HAR', '{"log": {"version": "1.2", "entries": []}}', 'no event'],
  ])('is told what it is: %s', async (_, content, message) => {
    await expect(read(content, 'my.file', 4_096)).rejects.toThrow(message);
  });

  const har = (body: JsonObject, url = 'https://intake-analytics.wikimedia.org/v1/events?hasty=true') =>
    JSON.stringify({
      log: {
        version: '1.2',
        creator: { name: 'Charles Proxy' },
        pages: [{ id: 'page_1', title: 'https://en.wikipedia.org/wiki/Cat', startedDateTime: iso(0) }],
        entries: [
          {
            startedDateTime: iso(5),
            pageref: 'page_1',
            request: { method: 'GET', url: 'https://en.wikipedia.org/', headers: [] },
            response: { status: 200 },
          },
          {
            startedDateTime: iso(10),
            pageref: 'page_1',
            request: { method: 'POST', url, headers: [], postData: body },
            response: { status: 202, content: {} },
          },
        ],
      },
    });

  it('is HAR, with bodies as browsers and proxies write them', async () => {
    const events = `[${event},${event}]`;
    const bodies: JsonObject[] = [
      { mimeType: 'text/plain', text: events },
      { mimeType: 'application/json', text: Buffer.from(events).toString('base64'), encoding: 'base64' },
      { mimeType: 'application/json', text: gzipSync(events).toString('base64'), encoding: 'base64' },
    ];
    for (const body of bodies) {
      const { session: back, kind, problems } = await read(har(body));
      expect([kind, problems, back.records.length]).toEqual(['har', [], 2]);
      expect(back.records[0]).toMatchObject({
        time: iso(10),
        stream: 's',
        page: { url: 'https://en.wikipedia.org/wiki/Cat' },
        delivery: { state: 'answered', status: 202 },
      });
    }
    await expect(read(har({ mimeType: 'text/plain', text: '' }))).rejects.toThrow('no body');
  });

  it.each<[string, JsonObject, string, string | null]>([
    [
      'Android now',
      {
        $schema: '/analytics/product_metrics/app/base/2.0.0',
        instrument_name: 'i',
        agent: { client_platform: 'android', app_install_id: 'x' },
      },
      'kotlin',
      null,
    ],
    [
      'Android before',
      {
        $schema: '/analytics/product_metrics/app/base/1.3.0',
        agent: { client_platform: 'android' },
        performer: { session_id: SESSION },
      },
      'java',
      SESSION,
    ],
    ['iOS', { $schema: '/analytics/product_metrics/app/base/1.3.0', agent: { client_platform: 'ios' } }, 'swift', null],
    [
      'iOS, its own schemas',
      { $schema: '/analytics/mobile_apps/ios_edit_interaction/1.0.0', session_id: SESSION },
      'swift',
      SESSION,
    ],
    [
      'PHP',
      { $schema: '/analytics/product_metrics/web/base/1.3.0', agent: { client_platform: 'mediawiki_php' } },
      'php',
      null,
    ],
    [
      'the web',
      { $schema: '/analytics/product_metrics/web/base/1.3.0', agent: { client_platform: 'mediawiki_js' } },
      'unknown',
      null,
    ],
  ])('names the client: %s', async (_, fields, client, id) => {
    const { session: back } = await read(`${JSON.stringify({ meta: { stream: 's' }, ...fields })}\n\n`);
    expect(back.records.map(one => [one.client, one.session])).toEqual([[client, id]]);
  });

  it('never throws anything but what it says of the file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 200 }), async content => {
        await read(content, 'x', 50).catch((error: Error) => expect(error.constructor.name).toBe('ImportError'));
      }),
    );
  });
});

it('elements are found wherever the text is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), fc.integer({ min: 1, max: 9 }), (list, other, size) => {
      const whole = JSON.stringify({ other, log: { more: [other], entries: list, after: 1 } }, null, size % 3);
      const elements = createElements(['log.entries']);
      const found = (whole.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []).flatMap(part => elements.push(part));
      expect(found.map(({ text: one }) => JSON.parse(one) as Json)).toEqual(
        list.map(one => JSON.parse(JSON.stringify(one)) as Json),
      );
      expect(elements.isComplete()).toBe(true);
    }),
  );
});

it('user agents are shortened to what they are good for', () => {
  expect(
    [
      'WikipediaApp/2.7.50 (Android 14; Phone)',
      'Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/153.0',
      'Firefox 153, Linux',
      'x'.repeat(50),
    ].map(shortUserAgent),
  ).toEqual(['WikipediaApp 2.7.50, Android', 'Firefox 153, Linux', 'Firefox 153, Linux', 'Unknown browser']);
});
