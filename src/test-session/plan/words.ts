/** Expectations in words, where the plan gives them no name. */

import { COUNTS, type Expectation, KINDS, type Names, type Selector } from './types.ts';

function namesText(names: Names): string {
  if (typeof names === 'string') return names;
  return Array.isArray(names) ? names.join(' or ') : `/${names.matches}/`;
}

export function selectorText({ fields = {}, ...rest }: Selector): string {
  const parts = Object.entries(rest).map(([name, value]) =>
    name === 'action' || name === 'stream'
      ? namesText(value as Names)
      : `${name} ${typeof value === 'number' ? value : namesText(value as Names)}`,
  );
  const named = Object.entries(fields).map(([path, value]) => `${path} ${JSON.stringify(value)}`);
  return [...parts, ...named].join(', ') || 'any event';
}

/** The name of an expectation; one made of what it says where it has none. */
export function titleOf(one: Expectation): string {
  if (one.name !== undefined) return one.name;
  const of = one.of ? selectorText(one.of) : '';
  const counts = COUNTS.filter(kind => one[kind] !== undefined);
  if (counts.length > 0) {
    return `${counts.map(kind => (kind === 'never' ? 'never' : `${{ exactly: 'exactly', atLeast: 'at least', atMost: 'at most' }[kind]} ${one[kind]}`)).join(', ')}: ${of}`;
  }
  const kind = KINDS.find(name => one[name] !== undefined);
  switch (kind) {
    case 'have':
      return `${of}: ${selectorText(one.have ?? {})}`;
    case 'within':
      return `${of}: within ${one.within}`;
    case 'notBefore':
      return `${of}: not before ${one.notBefore && 'step' in one.notBefore ? one.notBefore.step : selectorText(one.notBefore ?? {})}`;
    case 'noDuplicates':
      return `${of}: no duplicates`;
    case 'funnel':
      return `${of}: positions of the funnel in order`;
    case 'sequence':
      return `in order: ${(one.sequence ?? []).map(selectorText).join(' → ')}`;
    case 'anywhere':
      return `all of: ${(one.anywhere ?? []).map(selectorText).join(' + ')}`;
    case 'directlyAfter':
      return `directly one after the other: ${(one.directlyAfter ?? []).map(selectorText).join(' → ')}`;
    default:
      return `nothing else: ${[one.nothingElse ?? []].flat().join(', ')}`;
  }
}
