/** Which cases share a page load, and how their records are told apart: by a call of ours between them. */

import type { BrowserName } from '../../src/cli/browsers/types.ts';
import type { Record } from '../../src/record/record.ts';
import { answered, type Expected } from '../wiki/expected.ts';
import { HALF_OUT, type Case } from './case.ts';

export interface Group {
  cases: Case[];
  /** Whether the cases' records lie between marks; else all records are those of the one case. */
  marked: boolean;
}

/** Events that are sent at once: a browser takes 64 KiB of beacons at a time. */
const LARGEST = 60;

/** A case that sees the page load itself, or leaves the page, or has no client to make marks with. */
const isAlone = ({ alone, leave, reloads, query }: Case): boolean =>
  Boolean(alone ?? leave ?? reloads) || /\b(?:early|clients)=/.test(query ?? '');

/**
 * Groups what one browser is to run; cases of a group are in their order.
 */
export function groups(cases: readonly Case[], browser: BrowserName): Group[] {
  const made: Group[] = [];
  const open = new Map<string, Group>();
  for (const one of cases) {
    if ((one.browser ?? browser) !== browser) continue;
    const key = JSON.stringify([one.generation, one.query, one.session]);
    const group = isAlone(one) ? undefined : open.get(key);
    if (group) group.cases.push(one);
    else made.push({ cases: [one], marked: !isAlone(one) });
    const added = made.at(-1);
    if (!group && added?.marked) open.set(key, added);
    if ((open.get(key)?.cases.length ?? 0) >= LARGEST) open.delete(key);
  }
  return made;
}

/** The query of the group's page: `case` makes its address one of its own. */
export function queryOf({ cases: [first] }: Group, index: number): URLSearchParams {
  const query = new URLSearchParams(first?.query);
  query.set('session', first?.session ?? HALF_OUT);
  query.set('generation', first?.generation ?? 'newest');
  query.set('case', String(index));
  return query;
}

const MARK = 'case.';

/**
 * Source that makes all calls of a group in its page; gives what they threw, by their place.
 */
export function callsOf({ cases, marked }: Group): string {
  const runs = cases.map(({ call }) => `async () => { ${call}\n}`);
  return `(async () => {
    const thrown = {};
    const mark = name => ${marked} && (window.metricsClient ?? mw.eventLog).submit('${MARK}' + name, null);
    mark('begin');
    for (const [index, run] of [${runs.join(',\n')}].entries()) {
      try { sessionStorage.clear(); } catch { /* without cookies Firefox has none */ }
      let timer;
      const late = new Promise((_, reject) => (timer = setTimeout(reject, 10000, 'no end of it in 10 s')));
      try { await Promise.race([run(), late]); } catch (error) { thrown[index] = String(error); }
      clearTimeout(timer);
      mark(index);
    }
    return thrown;
  })()`;
}

/** mediawiki-extensions-MetricsPlatform modules/ext.xLab/Experiments.js asks for it as it loads. */
const XLAB_LOADED = 'xlab-mw-module-loaded-v2';

/** What a generation's own code calls while its page loads. */
export const atLoad = ({ cases: [first] }: Group): Expected[] =>
  first?.generation === '1.45' && !first.query?.includes('clients=0')
    ? Array.from({ length: first.reloads ? 2 : 1 }, () =>
        answered({ client: 'xlab', api: 'getExperiment', experiment: XLAB_LOADED }),
      )
    : [];

export interface Parts {
  /** Before the first call. */
  load: Record[];
  /** Of each case. */
  cases: Record[][];
  /** After the last call. */
  rest: Record[];
}

/**
 * Tells the records of a group's page load apart; they are in order.
 */
export function partsOf(group: Group, records: readonly Record[]): Parts {
  if (!group.marked) {
    const isOfLoad = ({ experiment }: Record): boolean => experiment === XLAB_LOADED;
    return { load: records.filter(isOfLoad), cases: [records.filter(one => !isOfLoad(one))], rest: [] };
  }
  const parts: Record[][] = [[]];
  for (const record of records) {
    if (record.stream?.startsWith(MARK)) parts.push([]);
    else parts.at(-1)?.push(record);
  }
  const [load = [], ...others] = parts;
  return { load, cases: others.slice(0, group.cases.length), rest: others.slice(group.cases.length).flat() };
}
