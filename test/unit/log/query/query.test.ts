import fc from 'fast-check';
import { parse as parseLiqe, test as testLiqe } from 'liqe';
import { describe, expect, it } from 'vitest';
import { compile, faultsOf } from '../../../../src/log/query/compile.ts';
import { parseQuery } from '../../../../src/log/query/parse.ts';
import { recordFields } from '../../../../src/log/query/record-fields.ts';
import { quoted } from '../../../../src/log/query/syntax.ts';
import { createTextIndex } from '../../../../src/log/query/text-index.ts';
import type { Json, Record } from '../../../../src/record/record.ts';
import { record, withEvent } from './records.ts';

function matches(text: string, one: Record): boolean {
  const index = createTextIndex();
  index.take(0, one);
  return compile(parseQuery(text).query, recordFields(index))(one, 0);
}

function faults(text: string): string[] {
  const { query, faults } = parseQuery(text);
  return [...faults, ...faultsOf(query, recordFields(createTextIndex()))].map(
    ({ code, from, to }) => `${code} ${from}-${to}`,
  );
}

const invalid: Partial<Record> = {
  verdict: {
    verdict: 'invalid',
    errors: [{ instancePath: '/a', schemaPath: '#', keyword: 'type', message: 'must be string' }],
  },
};
const dropped: Partial<Record> = {
  decision: { state: 'dropped', reason: 'out-of-sample', answer: null, agrees: true, sampling: null },
};
const event = {
  meta: { stream: 'mediawiki.web_ui_actions', dt: '2026-11-23T21:17:33.154Z' },
  performer: { edit_count: 250, is_logged_in: true, groups: ['sysop', 'user'] },
  'a.b': { c: 'Free text here' },
};

describe('a query', () => {
  it.each([
    ['', record()],
    ['stream:web_ui*', record()],
    ['stream:WEB_UI', record()],
    ['stream:mediawiki*actions', record()],
    ['stream:=mediawiki.web_ui_actions', record()],
    ['action:click verdict:valid', record()],
    ['action:(hover OR click)', record()],
    ['action:hover OR stream:web', record()],
    ['-decision:dropped', record()],
    ['NOT decision:dropped', record()],
    ['-(action:hover OR action:scroll)', record()],
    ['schema:/analytics/web_ui/1.0.2', record()],
    ['page:https://wiki.example/wiki/Main_Page', record()],
    ['https://wiki.example', record()],
    ['verdict:in*', record(invalid)],
    ['error:"must be string"', record(invalid)],
    ['reason:out-of-sample', record(dropped)],
    ['out-of-sample', record(dropped)],
    ['performer.edit_count:>100', withEvent(event)],
    ['event.performer.edit_count:<=250', withEvent(event)],
    ['performer.edit_count:100..300', withEvent(event)],
    ['performer.edit_count:=250', withEvent(event)],
    ['performer.is_logged_in:true', withEvent(event)],
    ['performer.groups:sysop', withEvent(event)],
    ['performer:sysop', withEvent(event)],
    ['meta.dt:>2026-11-23T21', withEvent(event)],
    ['meta.dt:2026-11-23T21:17:33', withEvent(event)],
    ['"free text"', withEvent(event)],
    ['a.b.c:free*here', withEvent(event)],
    ['edit_count', withEvent(event)],
    ['has:performer.edit_count', withEvent(event)],
    ['has:check', record({ checks: [{ check: 'c', severity: 'info', message: '', path: null }] })],
    ['is:forced', record({ override: { rules: [], forced: true, without: { inSample: null } } })],
    ['time:2026-11-23T21:17 id:load/1 session:ab? frame:0 client:event-logging api:submit', record()],
    ['status:>=200', record({ delivery: { ...record().delivery, status: 202 } })],
    [String.raw`action:"a \"b\""`, record({ action: 'a "b"' })],
    [String.raw`action:a\*b`, record({ action: 'a*b' })],
    ['stream:', record()],
  ])('%s matches', (query, one) => expect(matches(query, one)).toBe(true));

  it.each([
    ['verdict:valid', record(invalid)],
    ['stream:=web_ui', record()],
    ['stream:=web*', record()],
    ['action:hover', record()],
    ['action:hover OR -stream:web', record()],
    ['-action:click', record()],
    ['performer.edit_count:25', withEvent(event)],
    ['performer.edit_count:>250', withEvent(event)],
    ['performer.edit_count:>abc', withEvent(event)],
    ['performer.missing:*', withEvent(event)],
    ['has:check', record()],
    ['is:forced', record()],
    ['constructor:x', withEvent(event)],
    ['has:__proto__', withEvent(event)],
    [String.raw`action:a\*b`, record({ action: 'axb' })],
    ['"click"*nothing', record()],
  ])('%s does not match', (query, one) => expect(matches(query, one)).toBe(false));

  it.each([
    ['stream:"x', ['unclosed-quote 7-9']],
    ['a (b OR c', ['unclosed-group 2-3']],
    ['a) b', ['unopened-group 1-2']],
    ['a OR', ['missing-operand 2-4']],
    ['OR a', ['missing-operand 0-2']],
    ['a AND', ['missing-operand 2-5']],
    ['- a', ['missing-operand 0-1']],
    ['stream: action:click', ['missing-value 0-7']],
    ['x decision:droped', ['unknown-value 11-17']],
    ['is:forcd', ['unknown-value 3-8']],
    ['status:abc', ['not-a-number 7-10']],
    ['decision:drop* status:2* status:200..299', []],
    ['action:(click OR )', ['missing-operand 14-16']],
    [`${'('.repeat(60)}a${')'.repeat(60)}`, ['too-long 50-121']],
  ])('%s is marked: %j', (query, expected) => expect(faults(query)).toEqual(expected));
});

const WORDS = [
  'click',
  'hover',
  'a',
  'b',
  'AND',
  'OR',
  'NOT',
  '(',
  ')',
  '-',
  ':',
  '"',
  '*',
  '\\',
  ' ',
  'stream:',
  'is:',
  '..',
  '>',
  '\u202e',
  '\u0000',
  '😀',
];
const noise = fc
  .array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 3 })), { maxLength: 20 })
  .map(parts => parts.join(''));

describe('any text', () => {
  it('is a query, with faults within it', () => {
    fc.assert(
      fc.property(noise, text => {
        const { query, faults } = parseQuery(text);
        for (const { from, to } of faults) expect(0 <= from && from <= to && to <= text.length).toBe(true);
        expect(typeof compile(query, recordFields(createTextIndex()))(record(), 0)).toBe('boolean');
      }),
    );
  });

  it('quoted is found as it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), text => {
        expect(matches(`action:=${quoted(text)}`, record({ action: text }))).toBe(true);
        expect(matches(`action:${quoted(text)}`, record({ action: `x${text}y` }))).toBe(true);
      }),
    );
  });

  it('asks for nothing while a word of a closed list is half written, nor does its negation', () => {
    for (const half of ['decision:dro', '-decision:dro', 'NOT decision:dro'])
      expect(matches(half, record())).toBe(true);
    expect(matches('-decision:accepted', record())).toBe(false);
  });

  it('is not what its negation matches', () => {
    fc.assert(
      fc.property(noise, text => {
        if (faults(text).length > 0 || text.trim() === '' || text.endsWith('\\')) return;
        const { query } = parseQuery(`-(${text})`);
        const plain = matches(text, record());
        const index = createTextIndex();
        index.take(0, record());
        expect(compile(query, recordFields(index))(record(), 0)).toBe(!plain);
      }),
    );
  });
});

/** liqe makes functions of text (`hydrateAst.ts`), which an extension's pages may not: it serves here, as another opinion. */
describe('what liqe understands, too', () => {
  const name = fc.constantFrom('stream', 'a', 'b.c');
  const word = fc.constantFrom('click', 'hover', 'x*', 'y?z', '"two words"', '12', '250');
  const term = fc.oneof(
    fc.tuple(name, word).map(([field, value]) => `${field}:${value}`),
    fc
      .tuple(name, fc.constantFrom('>', '>=', '<', '<='), fc.integer({ min: 0, max: 300 }))
      .map(parts => `${parts[0]}:${parts[1]}${parts[2]}`),
  );
  const query = fc.letrec<{ query: string; one: string }>(tie => ({
    one: fc.oneof(
      { depthSize: 'small' },
      term,
      term.map(text => `NOT ${text}`),
      tie('query').map(text => `(${text})`),
    ),
    query: fc.oneof(
      tie('one'),
      fc.tuple(tie('one'), fc.constantFrom(' AND ', ' '), tie('one')).map(parts => parts.join('')),
      fc.tuple(tie('one'), tie('one')).map(parts => `(${parts[0]}) OR (${parts[1]})`),
    ),
  })).query;
  const value = fc.oneof(fc.constantFrom<Json[]>('click', 'hovering', 'xx', 'yaz', 'two words', 12, 250, true, null));
  const item = fc.record({ stream: value, a: value, b: fc.record({ c: value }) });

  it('means the same', () => {
    fc.assert(
      fc.property(query, item, (text, event) => {
        let expected: boolean;
        try {
          expected = testLiqe(parseLiqe(text), event);
        } catch {
          return;
        }
        const one = withEvent(event, { stream: String(event.stream) });
        const numeric = [event.stream, event.a, event.b.c].some(part => typeof part !== 'string');
        // Of numbers and the like liqe compares some as text.
        if (!numeric) expect(matches(text, one)).toBe(expected);
      }),
    );
  });
});
