import { describe, expect, it } from 'vitest';
import { reconstruct } from '../../../src/log/reconstruct.ts';
import type { PageLoad } from '../../../src/log/types.ts';
import { call, context } from './facts.ts';

const page: PageLoad = {
  load: 'load',
  frame: 0,
  url: 'https://wiki.example/wiki/Page',
  began: 1,
  ended: null,
  session: null,
  pageview: null,
  context: context(1),
  records: 0,
  size: 0,
  holes: [],
  acknowledged: 0,
};

describe('Schema#log', () => {
  it('becomes what logEvent makes of it', () => {
    const fact = call(1, {
      api: 'Schema#log',
      seen: 'dropped',
      stream: 'eventlogging_Test',
      schema: '/analytics/legacy/test/1.2.0',
      data: { skin: 'vector', step: 0 },
      event: { step: 1 },
    });
    expect(reconstruct(fact, page)).toEqual({
      event: { skin: 'vector', step: 1 },
      schema: 'Test',
      webHost: 'wiki.example',
      wiki: page.context?.wiki,
      $schema: '/analytics/legacy/test/1.2.0',
      client_dt: new Date(fact.at).toISOString(),
      meta: { stream: 'eventlogging_Test', domain: 'wiki.example' },
    });
  });

  it('stays as it is where its schema was never migrated', () => {
    const fact = call(1, { api: 'Schema#log', seen: 'dropped', schema: undefined as never, event: { step: 1 } });
    expect(reconstruct(fact, page)).toBeNull();
  });
});
