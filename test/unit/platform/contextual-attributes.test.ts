import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/record/record.ts';
import { ATTRIBUTE_NAMES, attributesOf } from '../../../src/platform/contextual-attributes.ts';

const closed = (properties: JsonObject): JsonObject => ({ type: 'object', additionalProperties: false, properties });
const schema = closed({
  agent: closed({ client_platform: { enum: ['mediawiki_js'] }, client_platform_family: { type: 'string' } }),
  performer: closed({ id: { type: 'integer' }, groups: { type: 'array', items: { type: 'string' } } }),
});

describe('attributesOf', () => {
  it('knows the 35 names', () => {
    expect(new Set(ATTRIBUTE_NAMES).size).toBe(35);
  });

  it('says what became of each', () => {
    const event = {
      agent: { client_platform: 'mediawiki_js', client_platform_family: 'desktop_browser' },
      performer: { id: 'seven', groups: ['*', 5], is_bot: false, is_logged_in: false },
    };
    const asked = [
      'performer_id',
      'performer_groups',
      'performer_is_bot',
      'performer_edit_count',
      'page_id',
      'page_namespace',
      'x',
    ];
    const states = attributesOf(asked, event, schema).map(({ name, state, why, refused }) => [
      name,
      state,
      why,
      refused,
    ]);
    expect(states).toEqual([
      ['performer_id', 'attached', null, 'The schema wants integer, not "seven".'],
      ['performer_groups', 'attached', null, 'The schema wants string, not 5.'],
      ['performer_is_bot', 'attached', null, 'The schema has no "performer.is_bot".'],
      ['performer_edit_count', 'rightly-absent', 'logged-out', null],
      ['page_id', 'absent', null, null],
      ['page_namespace', 'unknown-name', null, null],
      ['x', 'unknown-name', null, null],
      ['agent_client_platform', 'attached', null, null],
      ['agent_client_platform_family', 'attached', null, null],
    ]);
  });

  it('a logged-in user has an edit count', () => {
    expect(attributesOf(['performer_edit_count'], {}, undefined, true)[0]).toMatchObject({
      state: 'absent',
      why: null,
    });
    expect(attributesOf(['page_wikidata_id'], {}, undefined)[0]).toMatchObject({
      state: 'rightly-absent',
      why: 'never-filled',
    });
  });

  it('an open schema and an unknown one refuse nothing', () => {
    const event = { agent: { client_platform: 5 } };
    for (const schema of [undefined, null, {}, { properties: { agent: {} } }]) {
      expect(attributesOf([], event, schema)[0]).toMatchObject({ asked: 'always', state: 'attached', refused: null });
    }
  });
});
