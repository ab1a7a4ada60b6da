import { expect, it } from 'vitest';
import { createInspector } from '../../../src/panel/inspector.ts';
import { call, context, envelope, page } from '../log/facts.ts';
import { NOW, setUp } from './panel.ts';

const SURROUNDINGS = { version: '0.1.0', browser: 'Test/1', now: () => NOW };

it('hands drivers the log as it is exported', () => {
  const { panel, facts } = setUp();
  const inspector = createInspector(panel, SURROUNDINGS);
  facts(envelope([page(1, 'begin'), context(2, { wiki: 'enwiki', skin: 'vector' }), call(3)]));
  panel.receive({
    type: 'override',
    override: { rules: [{ stream: 'my.stream', sample: 'in' }], policy: 'hold-forced', until: NOW },
  });
  const lines = inspector.lines().trimEnd().split('\n');
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    type: 'header',
    format: 1,
    time: '2026-11-23T21:20:00.000Z',
    extension: '0.1.0',
    browser: 'Test/1',
    wiki: 'enwiki',
    skin: 'vector',
    overrides: [{ stream: 'my.stream', sample: 'in' }],
  });
  expect(lines.slice(1).map(line => JSON.parse(line))).toEqual(inspector.records());
});

it('is ready when the connection is', () => {
  const { panel } = setUp();
  const inspector = createInspector(panel, SURROUNDINGS);
  expect(inspector.ready).toBe(false);
  panel.connection('connected');
  expect(inspector.ready).toBe(true);
});

it('goes back to the default repositories where none are named', () => {
  const { panel, state } = setUp();
  createInspector(panel, SURROUNDINGS).setRepositories([]);
  expect(state().repositories[0]?.source).toMatchObject({ kind: 'http', kept: true });
});
