import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignmentOf, subtleSha256 } from '../../../src/platform/group-assignment.ts';

const TWO = ['control', 'treatment'];
const name = 'my-awesome-experiment';

describe('assignmentOf', () => {
  it('the worked examples, as the real code answered', async () => {
    const one = await assignmentOf('1', { name, groups: TWO, rate: 0.1 });
    expect(one.hash).toBeCloseTo(0.5071253777, 10);
    expect(one.scaled).toBeCloseTo(1.0142507553, 10);
    expect(one).toMatchObject({ inSample: true, group: 'treatment' });
    expect(one.subject).toMatch(/^[0-9a-f]{64}$/);
    expect(one.sentence).toContain('In group "treatment"');

    const other = await assignmentOf('12345', { name, groups: TWO, rate: 0.1 });
    expect(other.scaled).toBeCloseTo(0.1728675365, 10);
    expect(other).toMatchObject({ inSample: false, group: null });
    expect(await assignmentOf(12345, { name, groups: TWO, rate: 0.5 })).toMatchObject({
      inSample: true,
      group: 'control',
    });
  });

  it('takes everybody at rate 1 and nobody at rate 0, ffffff included', async () => {
    const highest = () => Promise.resolve('f'.repeat(64));
    expect(await assignmentOf(1, { name, groups: TWO, rate: 1 }, highest)).toMatchObject({
      inSample: true,
      group: 'treatment',
    });
    const lowest = () => Promise.resolve('0'.repeat(64));
    expect(await assignmentOf(1, { name, groups: TWO, rate: 0 }, lowest)).toMatchObject({
      inSample: false,
      group: null,
    });
    expect(await assignmentOf(1, { name, groups: [], rate: 1 }, lowest)).toMatchObject({ inSample: true, group: null });
  });

  it('hashes as another implementation does, and names one of the groups', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.string({ unit: 'grapheme' }),
        fc.uniqueArray(fc.string(), { minLength: 1 }),
        async (user, name, groups) => {
          const text = `${user}${name}`;
          expect(await subtleSha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
          const { group } = await assignmentOf(user, { name, groups, rate: 1 });
          expect(groups).toContain(group);
        },
      ),
    );
  });
});
