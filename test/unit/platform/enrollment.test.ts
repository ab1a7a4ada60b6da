import { describe, expect, it } from 'vitest';
import {
  enrollmentOf,
  type EnrollmentSources,
  type ExperimentFacts,
  parseEnrollments,
  silenceOf,
} from '../../../src/platform/enrollment.ts';

describe('parseEnrollments', () => {
  it('reads pairs', () => {
    expect(parseEnrollments('a=control;b=treatment;', '=')).toEqual(
      new Map([
        ['a', 'control'],
        ['b', 'treatment'],
      ]),
    );
    expect(parseEnrollments('', '=')).toEqual(new Map());
  });

  it.each(['a=control', 'a=b=c;', 'a;', ';', 'a=control;b', 'a=control;;'])('discards all of %j', raw => {
    expect(parseEnrollments(raw, '=')).toBeNull();
  });
});

describe('enrollmentOf', () => {
  const sources: EnrollmentSources = {
    query: 'x:forced',
    header: 'x=edge;y=edge;',
    server: { assigned: { x: 'server', y: 'server', z: 'server' }, subject_ids: { z: 'abc' } },
  };

  it('asks the query, then the header, then the server', () => {
    expect(enrollmentOf('x', sources)).toEqual({ group: 'forced', subject: 'overridden', source: 'query' });
    expect(enrollmentOf('y', sources)).toEqual({ group: 'edge', subject: 'awaiting', source: 'header' });
    expect(enrollmentOf('z', sources)).toEqual({ group: 'server', subject: 'abc', source: 'server' });
    expect(enrollmentOf('other', sources)).toBeNull();
  });

  it('does not show the header to the compat API', () => {
    expect(enrollmentOf('y', sources, true)).toEqual({ group: 'server', subject: null, source: 'server' });
    expect(enrollmentOf('y', { ...sources, server: null }, true)).toBeNull();
  });

  it('takes a malformed query or header for none', () => {
    expect(enrollmentOf('x', { ...sources, query: 'x:a:b' })?.source).toBe('header');
    expect(enrollmentOf('x', { ...sources, query: null, header: 'x=edge' })?.source).toBe('server');
  });

  it('reads the empty list that PHP makes of an empty map, and nothing inherited', () => {
    expect(enrollmentOf('x', { query: null, header: null, server: { assigned: [], subject_ids: [] } })).toBeNull();
    expect(enrollmentOf('toString', { query: null, header: null, server: { assigned: {} } })).toBeNull();
  });
});

describe('silenceOf', () => {
  it.each<[Omit<ExperimentFacts, 'object'>, string | null]>([
    [{}, null],
    [{ cookieEnabled: true }, null],
    [{ cookieEnabled: false }, 'cookies-disabled'],
    [{ exposureLive: true }, 'exposure-already-sent'],
    [{ exposureLive: true, cookieEnabled: false }, 'exposure-already-sent'],
  ])('an experiment with %j: %s', (facts, reason) => {
    expect(silenceOf({ object: 'experiment', ...facts })).toBe(reason);
  });

  it.each<[Omit<ExperimentFacts, 'object'>, string]>([
    [{}, 'not-enrolled'],
    [{ group: null, inHeader: false }, 'not-enrolled'],
    [{ group: null, inHeader: true, compat: true }, 'not-visible-to-compat'],
    [{ group: null, inHeader: true, compat: false }, 'experiment-not-configured'],
    [{ group: 'control', inHeader: false }, 'experiment-not-configured'],
    [{ group: 'control', inHeader: true, compat: true }, 'experiment-not-configured'],
  ])('an unenrolled one with %j: %s', (facts, reason) => {
    expect(silenceOf({ object: 'unenrolled-experiment', ...facts })).toBe(reason);
  });

  it('an overridden one is silent because it is overridden', () => {
    expect(silenceOf({ object: 'overridden-experiment', cookieEnabled: false })).toBe('enrollment-overridden');
  });
});
