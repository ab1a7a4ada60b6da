/** Recordings of the apps, as proxies write them: sessions, and sampling by the rules of their platform. */

import { expect, it } from 'vitest';
import type { JsonObject } from '../../../src/record/record.ts';
import { explainSampling } from '../../../src/test-session/app-sampling.ts';
import { importFile } from '../../../src/test-session/files/import.ts';
import { loadsOf } from '../../../src/test-session/loads.ts';
import { createRecordLog } from '../../../src/test-session/record-log.ts';
import { finish } from '../../../src/test-session/slices.ts';
import { iso, SESSION } from './sessions.ts';

const INSTALL = 'ffffffff-0000-4fff-8aaa-123456789abc';
const BASE = '/analytics/product_metrics/app/base/1.3.0';

const har = (agent: string, events: JsonObject[]) =>
  JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'Charles Proxy', version: '4.6' },
      entries: events.map((event, index) => ({
        startedDateTime: iso(index * 10),
        request: {
          method: 'POST',
          url: 'https://intake-analytics.wikimedia.org/v1/events?hasty=true',
          headers: [{ name: 'User-Agent', value: agent }],
          postData: { mimeType: 'application/json', text: JSON.stringify([event]) },
        },
        response: { status: 202, content: {} },
      })),
    },
  });

const event = (platform: string, more: JsonObject): JsonObject => ({
  $schema: BASE,
  meta: { stream: 'app.stream', domain: 'en.wikipedia.org' },
  dt: iso(0),
  action: 'click',
  agent: { client_platform: platform, app_install_id: INSTALL },
  performer: { session_id: SESSION },
  ...more,
});

const SAMPLES = {
  half: { sample: { unit: 'session', rate: 0.5 } },
  all: { sample: { unit: 'session', rate: 1 } },
  device: { sample: { unit: 'device', rate: 0.5 } },
};

it.each<[string, string, string, JsonObject]>([
  ['android', 'WikipediaApp/2.7.50500-r-2026-01-01 (Android 14; Phone)', 'java', {}],
  ['ios', 'WikipediaApp/7.8.1 (iOS 17; Phone)', 'swift', {}],
  [
    'android',
    'WikipediaApp/2.7.50600-r-2026-06-01 (Android 14; Phone)',
    'kotlin',
    { $schema: '/analytics/product_metrics/app/base/2.0.0', instrument_name: 'app-search' },
  ],
])('%s: %s is of %s', async (platform, agent, client, more) => {
  const text = har(agent, [event(platform, more), event(platform, { ...more, action: 'open' })]);
  const { session, kind } = await importFile(new Blob([text]).stream(), { name: 'app.har', pause: async () => {} });
  expect([kind, session.records.map(one => [one.client, one.session, one.action])]).toEqual([
    'har',
    [
      [client, SESSION, 'click'],
      [client, SESSION, 'open'],
    ],
  ]);
  // The wiki's API is known, so that the panel reads the stream configs; and both are of one session.
  const loads = loadsOf(session);
  expect(loads.map(({ url, context }) => [url, context?.api])).toEqual([['https://en.wikipedia.org/', '/w/api.php']]);
  expect(finish(createRecordLog(session.records, loads)).sessions()).toMatchObject([{ session: SESSION, records: 2 }]);

  const [record] = session.records;
  if (!record) throw new Error('no record');
  for (const [name, config] of Object.entries(SAMPLES)) {
    explainSampling(record, config);
    const { sampling, agrees } = record.decision;
    const { unit, rate } = config.sample;
    expect([name, sampling?.unit, sampling?.rate]).toEqual([name, unit, rate]);
    // It was sent: where its platform's rule says that it is out, the record says that the two do not agree.
    expect([name, agrees]).toEqual([name, sampling?.inSample]);
  }
  explainSampling(record, SAMPLES.all);
  expect(record.decision.sampling?.inSample).toBe(true);
});
