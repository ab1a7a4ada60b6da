import { describe, expect, it } from 'vitest';
import { bodyClassesOf, classesOf } from '../../../src/platform/body-classes.ts';

describe('classesOf', () => {
  it.each([
    ['my-experiment', 'treatment', 'my-experiment', 'my-experiment-treatment'],
    ['My Experiment', 'Group  A', 'my-experiment', 'my-experiment-group-a'],
    ['2026.experiment', '1x', '_026_experiment', '_026_experiment-_x'],
    ['a__b_', 'c.', 'a_b', 'a_b-c'],
    ['-x', 'É\u00a0é', '_x', '_x-É_é'],
    ['a"b#c', '{}', 'a_b_c', 'a_b_c-'],
  ])('%j %j', (experiment, group, own, both) => {
    const prefix = 'test-kitchen-experiment-';
    expect(classesOf(experiment, group)).toEqual([prefix + own, prefix + both]);
  });

  it('xLab has a prefix of its own', () => {
    expect(classesOf('e', 'g', 'xlab')).toEqual(['xlab-experiment-e', 'xlab-experiment-e-g']);
  });
});

describe('bodyClassesOf', () => {
  it('says what is missing and what is too much', () => {
    const server = { assigned: { e: 'control', f: 'x' } };
    const given = [
      'mediawiki',
      'test-kitchen-experiment-e',
      'test-kitchen-experiment-e-treatment',
      'test-kitchen-experiment-f',
    ];
    expect(bodyClassesOf(server, given)).toEqual({
      expected: [
        'test-kitchen-experiment-e',
        'test-kitchen-experiment-e-control',
        'test-kitchen-experiment-f',
        'test-kitchen-experiment-f-x',
      ],
      missing: ['test-kitchen-experiment-e-control', 'test-kitchen-experiment-f-x'],
      unexpected: ['test-kitchen-experiment-e-treatment'],
    });
  });

  it.each([undefined, null, 'x', [], {}, { assigned: [] }])('survives %j', server => {
    expect(bodyClassesOf(server, ['a'])).toEqual({ expected: [], missing: [], unexpected: [] });
  });
});
