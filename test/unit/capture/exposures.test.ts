import './page.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { aside, exposureLog, watchExposures } from '../../../src/capture/exposures.ts';
import { undo } from '../../../src/capture/wrap.ts';
import { rulesInForce } from './rules.ts';

/** `mw.storage.session` of MediaWiki: methods of a class, over what the browser keeps for the tab. */
class SafeStorage {
  constructor(readonly kept: Map<string, string>) {}
  get(key: string): string | null {
    return this.kept.get(key) ?? null;
  }
  set(key: string, value: string): boolean {
    this.kept.set(key, value);
    return true;
  }
  remove(key: string): boolean {
    return this.kept.delete(key);
  }
}

const KEY = 'tk_exposure.some:treatment:v0';

function wiki(before: { [key: string]: string } = {}) {
  class Storage extends SafeStorage {}
  // the class of this page, so that tests do not share its prototype
  for (const method of ['get', 'set', 'remove'] as const)
    Object.defineProperty(Storage.prototype, method, {
      value: SafeStorage.prototype[method],
      writable: true,
      configurable: true,
    });
  const session = new Storage(new Map(Object.entries(before)));
  const local = new Storage(new Map());
  return { session, local, mw: { storage: { session, local } } };
}

// there is one page, and it keeps what was written
beforeEach(() => {
  for (const key of Object.keys(aside)) Reflect.deleteProperty(aside, key);
});

describe('the exposure log under override', () => {
  it('is kept aside: what is written is read again, and never reaches the storage', () => {
    const policy = rulesInForce({ stream: 'a', sample: 'in' });
    const { mw, session } = wiki();
    watchExposures(mw, policy, () => undefined);
    expect(session.get(KEY)).toBeNull();
    expect(session.set(KEY, 'held')).toBe(true);
    expect(session.get(KEY)).toBe('held');
    expect(session.kept.size).toBe(0);
  });

  it('is as before once the rules have ended: a held exposure does not suppress the real one', () => {
    const policy = rulesInForce({ stream: 'a', sample: 'in' });
    const { mw, session } = wiki({ [KEY]: 'real' });
    watchExposures(mw, policy, () => undefined);
    session.set(KEY, 'held');
    session.remove('tk_exposure.other');
    policy.end();
    expect(session.get(KEY)).toBe('real');
    expect(session.set(KEY, 'later')).toBe(true);
    expect(session.kept.get(KEY)).toBe('later');
  });

  it('shows what was there before, unless a rule has it cleared', () => {
    const policy = rulesInForce({ stream: 'a', sample: 'in' });
    const { mw, session } = wiki({ [KEY]: 'real' });
    watchExposures(mw, policy, () => undefined);
    expect(session.get(KEY)).toBe('real');
    policy.set({ exposures: 'clear' });
    expect(session.get(KEY)).toBeNull();
    session.set(KEY, 'held');
    expect(session.get(KEY)).toBe('held');
    expect(session.remove(KEY)).toBe(true);
    expect(session.get(KEY)).toBeNull();
    expect(session.kept.get(KEY)).toBe('real');
  });

  it('is told: what is kept aside, what the storage has, and when either changes', () => {
    const policy = rulesInForce({ stream: 'a', sample: 'in' });
    const { mw, session } = wiki();
    let changes = 0;
    watchExposures(mw, policy, () => changes++);
    session.get(KEY);
    session.set('other', 'x');
    expect(changes).toBe(0);
    session.set(KEY, 'held');
    session.remove('tk_exposure.other');
    expect({ ...aside }).toEqual({ [KEY]: 'held', 'tk_exposure.other': null });
    expect(changes).toBe(2);
    policy.end();
    session.set(KEY, 'real');
    expect(changes).toBe(3);
    expect({ ...exposureLog() }).toEqual({ [KEY]: 'stored' });
  });

  it('is there again under the next rules of the page load', () => {
    const policy = rulesInForce({ stream: 'a', sample: 'in' });
    const { mw, session } = wiki();
    watchExposures(mw, policy, () => undefined);
    session.set(KEY, 'held');
    policy.end();
    session.get(KEY);
    policy.set({ stream: 'a', sample: 'in' });
    expect(session.get(KEY)).toBe('held');
  });
});

describe('everything else', () => {
  it('goes its way: other keys, other storage, other arguments, and all without rules', () => {
    const policy = rulesInForce({ exposures: 'clear' });
    const { mw, session, local } = wiki({ other: 'x' });
    watchExposures(mw, policy, () => undefined);
    expect(session.get('other')).toBe('x');
    session.set('other', 'y');
    local.set(KEY, 'local');
    expect(session.get(undefined as never)).toBeNull();
    expect([...session.kept]).toEqual([['other', 'y']]);
    expect(local.get(KEY)).toBe('local');
    policy.end();
    session.set(KEY, 'real');
    expect(session.kept.get(KEY)).toBe('real');
  });

  it('is the page’s own again after the extension has gone', () => {
    const policy = rulesInForce({ exposures: 'clear' });
    const { mw, session } = wiki({ [KEY]: 'real' });
    const { get } = session;
    watchExposures(mw, policy, () => undefined);
    expect(session.get).not.toBe(get);
    undo();
    expect(session.get).toBe(get);
    expect(session.get(KEY)).toBe('real');
  });

  it('is nothing to a page without storage', () => {
    expect(() => watchExposures({}, rulesInForce(), () => undefined)).not.toThrow();
  });
});
