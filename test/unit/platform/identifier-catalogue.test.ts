import { describe, expect, it } from 'vitest';
import { hasFormat, identifiersOf } from '../../../src/platform/identifier-catalogue.ts';

const WEB = '80000000c0ffee00c0ff';
const UUID = '3F2504E0-4F89-41D3-9A0C-0305E82C3301';

describe('hasFormat', () => {
  it.each([
    ['session', 'web', WEB, true],
    ['session', 'web', WEB.toUpperCase(), false],
    ['session', 'web', 'abc', false],
    ['session', 'android', WEB, true],
    ['session', 'ios', UUID, true],
    ['session', 'ios', UUID.toLowerCase(), false],
    ['session', 'ios', WEB, false],
    ['pageview', 'web', WEB, true],
    ['pageview', 'ios', WEB, null],
    ['app-install', 'web', UUID, null],
    ['app-install', 'android', UUID.toLowerCase(), true],
    ['subject', 'web', 'a'.repeat(64), true],
    ['subject', 'web', 'awaiting', true],
    ['subject', 'web', 'overridden', true],
    ['subject', 'web', WEB, false],
    ['subject', 'android', UUID, true],
  ] as const)('%s on %s: %s is %s', (kind, platform, value, expected) => {
    expect(hasFormat(kind, platform, value)).toBe(expected);
  });
});

describe('identifiersOf', () => {
  it('finds them in every generation of events', () => {
    const event = {
      performer: { session_id: WEB, pageview_id: WEB, active_browsing_session_token: WEB },
      experiment: { subject_id: 'awaiting' },
      app_install_id: UUID,
      event: { mwSessionId: WEB, page_token: 5 },
    };
    expect(identifiersOf(event).map(({ kind, field }) => `${kind} ${field}`)).toEqual([
      'session performer.session_id',
      'pageview performer.pageview_id',
      'el-session performer.active_browsing_session_token',
      'subject experiment.subject_id',
      'app-install app_install_id',
      'session event.mwSessionId',
    ]);
    expect(identifiersOf(null)).toEqual([]);
  });
});
