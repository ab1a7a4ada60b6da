import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { exportLines } from '../../../src/log/export.ts';
import { createLog } from '../../../src/log/log.ts';
import {
  CLIENTS,
  DECISION_STATES,
  DELIVERY_STATES,
  DROP_REASONS,
  REASONS,
  VERDICT_STEPS,
  VERDICTS,
  WAIT_REASONS,
} from '../../../src/record/lists.ts';
import type { Record } from '../../../src/record/record.ts';
import schema from '../../../src/record/record.schema.json' with { type: 'json' };
import { call, context, envelope, eventOf, page, send } from '../log/facts.ts';

const validate = new Ajv({ allErrors: true }).compile(schema);
const check = (value: unknown) =>
  validate(value) ? [] : validate.errors?.map(error => `${error.dataPath} ${error.message}`);

const HEADER = {
  type: 'header',
  format: 1,
  time: '2026-11-23T21:17:33.154Z',
  extension: '0.1.0',
  browser: 'Firefox 153',
  wiki: null,
  skin: null,
  overrides: [{ stream: 'my.stream', sample: 'in' }],
} as const;

function linesOfAll(): unknown[] {
  const log = createLog();
  const sampled = { configured: true, sample: { unit: 'session', rate: '0.2' } };
  log.ingest(
    envelope([
      page(1, 'begin'),
      context(2),
      call(3),
      call(4, { seen: 'dropped', streamFacts: sampled, event: {} }),
      call(5, {
        streamFacts: sampled,
        override: { rules: [{ stream: 'my.stream', sample: 'in' }], forced: true, naturallyIn: false },
      }),
      call(6, { api: 'track', seen: 'waiting', event: [1] }),
      call(7, { client: 'test-kitchen', api: 'getInstrument', seen: 'answered', answer: { inSample: true } }),
      call(8, { seen: 'threw', error: 'boom' }),
      send(9, [3]),
      send(10, [], { body: JSON.stringify([eventOf({ dt: 'other' }), 7]) }),
      '?',
      page(13, 'hide'),
    ]),
  );
  log.verdict(0, {
    verdict: 'invalid',
    errors: [
      {
        instancePath: '/a',
        schemaPath: '#/a',
        keyword: 'type',
        message: 'no',
        params: {},
        at: '/a',
        expected: 1,
        actual: null,
      },
    ],
    fell: { step: 'validation', path: null },
    cause: 'why',
  });
  log.findings(0, [{ check: 'c', severity: 'warning', message: 'm', path: '/a' }]);
  return [...exportLines(log, { ...HEADER, overrides: [...HEADER.overrides] })].map(
    line => JSON.parse(line) as unknown,
  );
}

describe('record.schema.json', () => {
  it('describes every line that the log writes', () => {
    const lines = linesOfAll();
    expect(lines).toHaveLength(11);
    for (const line of lines) expect(check(line)).toEqual([]);
  });

  it('has the closed lists', () => {
    const { definitions } = schema;
    expect(definitions.record.properties.client.enum).toEqual(CLIENTS);
    expect(definitions.decision.properties.state.enum).toEqual(DECISION_STATES);
    expect(definitions.decision.properties.reason.enum).toEqual([...REASONS, null]);
    expect(definitions.decision.allOf.map(rule => rule.if.properties.reason.enum)).toEqual([
      DROP_REASONS,
      WAIT_REASONS,
    ]);
    expect(definitions.delivery.properties.state.enum).toEqual(DELIVERY_STATES);
    expect(definitions.verdict.properties.verdict.enum).toEqual(VERDICTS);
    expect(definitions.fall.properties.step.enum).toEqual(VERDICT_STEPS);
  });

  it('requires every field of a record', () => {
    const record = linesOfAll().find(line => (line as Record).type === 'record') as object;
    for (const field of Object.keys(record)) {
      expect(check({ ...record, [field]: undefined }), field).not.toEqual([]);
    }
  });

  it.each<[string, (record: Record) => unknown]>([
    ['a reason with another state', ({ decision }) => ({ decision: { ...decision, reason: 'out-of-sample' } })],
    ['a time that is none', () => ({ time: 'yesterday' })],
    ['a time of another zone', () => ({ time: '2026-11-23T21:17:33.154+01:00' })],
    ['an unknown verdict', () => ({ verdict: { verdict: 'fine', errors: [] } })],
    ['an id without a seq', () => ({ id: 'load1' })],
  ])('refuses %s', (_, change) => {
    const record = linesOfAll().find(line => (line as Record).type === 'record') as Record;
    expect(check({ ...record, ...(change(record) as object) })).not.toEqual([]);
  });

  it('lets readers find fields that they do not know', () => {
    expect(check({ ...HEADER, later: true })).toEqual([]);
    expect(check({ type: 'other' })).not.toEqual([]);
  });
});
