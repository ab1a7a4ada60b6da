import { describe, expect, it } from 'vitest';
import { completions } from '../../../../src/log/query/complete.ts';
import { recordFields } from '../../../../src/log/query/record-fields.ts';
import { createTextIndex } from '../../../../src/log/query/text-index.ts';
import { record, withEvent } from './records.ts';

const FIELDS = recordFields(createTextIndex());
const RECORDS = [
  withEvent({ performer: { edit_count: 1, 'odd name': true } }, { stream: 'mediawiki.a' }),
  withEvent({ performer: { edit_count: 5 } }, { stream: 'mediawiki.a', action: 'two words' }),
  record({ stream: 'mediawiki.b', action: '-x' }),
];

function offered(text: string, caret = text.length) {
  const found = completions(text, caret, RECORDS, FIELDS);
  return found && found.offers.map(offer => text.slice(0, found.span.from) + offer.text + text.slice(found.span.to));
}

describe('completion', () => {
  it.each([
    ['stre', ['stream:']],
    ['-strea', ['-stream:']],
    ['(stre', ['(stream:']],
    ['edit', ['performer.edit_count:']],
    ['odd', ['"performer.odd name":']],
    ['stream:', ['stream:mediawiki.a', 'stream:mediawiki.b']],
    ['stream:=B', ['stream:=mediawiki.b']],
    ['action:tw', ['action:"two words"']],
    ['action:-', ['action:"-x"']],
    ['reason:out', ['reason:out-of-sample']],
    ['performer.edit_count:', ['performer.edit_count:1', 'performer.edit_count:5']],
    ['is:for', ['is:forced']],
    ['has:chec', ['has:check']],
    ['has:edit', ['has:performer.edit_count']],
    ['', null],
    ['nothing like this', null],
    ['action:"two w', null],
    ['stream:=mediawiki.b', null],
  ])('of %s offers %j', (text, expected) => expect(offered(text)).toEqual(expected));

  it('replaces the word under the cursor', () => {
    expect(offered('action:x strea verdict:valid', 14)).toEqual(['action:x stream: verdict:valid']);
    expect(offered('strea action:x', 4)).toEqual(['stream: action:x']);
  });

  it('puts first what is found most often, and counts it', () => {
    expect(completions('stream:', 7, RECORDS, FIELDS)?.offers).toMatchObject([{ count: 2 }, { count: 1 }]);
  });
});
