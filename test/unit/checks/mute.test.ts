import { describe, expect, it } from 'vitest';
import { mute, readMuted, unmuted } from '../../../src/checks/mute.ts';
import type { Finding } from '../../../src/record/record.ts';

const finding = (check: string): Finding => ({ check, severity: 'warning', message: 'm', path: null });

describe('muting', () => {
  it('hides a check of one stream and counts it', () => {
    const muted = mute({}, 'my.stream', 'full-url', true);
    const both = [finding('full-url'), finding('user-id')];
    expect(unmuted(both, 'my.stream', muted)).toEqual({ shown: [finding('user-id')], muted: 1 });
    expect(unmuted(both, 'other', muted)).toEqual({ shown: both, muted: 0 });
    expect(unmuted(both, null, muted)).toEqual({ shown: both, muted: 0 });
    expect(unmuted(both, 'constructor', muted)).toEqual({ shown: both, muted: 0 });
  });

  it('is taken back without a trace, and is the same twice', () => {
    const once = mute({ other: ['user-id'] }, 'my.stream', 'full-url', true);
    expect(mute(once, 'my.stream', 'full-url', true)).toEqual(once);
    expect(mute(once, 'my.stream', 'full-url', false)).toEqual({ other: ['user-id'] });
  });

  it('reads settings of any form', () => {
    expect(readMuted({ a: ['x', 5], b: 'x', c: [] })).toEqual({ a: ['x'] });
    for (const value of [null, 5, 'x', [], undefined]) expect(readMuted(value)).toEqual({});
  });
});
