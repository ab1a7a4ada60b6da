import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBatch, writeBatch } from '../../../src/wire/channel.ts';

describe('a batch', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.integer({ min: 0, max: 1e6 }),
        fc.array(
          fc.json().filter(text => !text.includes('\n')),
          { minLength: 1, maxLength: 256 },
        ),
        (lost, more, facts) => {
          const from = lost + more + 1;
          expect(readBatch(writeBatch(from, facts.join('\n'), lost))).toEqual({ from, lost, facts });
        },
      ),
    );
  });

  it.each([null, 5, {}, '', 'x', '1 0', '0 0\n{}', '2 2\n{}', '-1 0\n{}', '1.5 0\n{}', `${'9'.repeat(20)} 0\n{}`])(
    'is not %j',
    message => {
      expect(readBatch(message)).toBeNull();
    },
  );

  it('has at most 256 facts, whoever wrote it', () => {
    expect(readBatch(writeBatch(1, Array(1_000).fill('{}').join('\n'), 0))?.facts).toHaveLength(256);
  });
});
