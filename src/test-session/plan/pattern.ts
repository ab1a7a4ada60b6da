/**
 * Regular expressions that take time in proportion to the text, whatever the expression: those of a plan may come from
 * anybody, and a browser's own can be made to run for ever (`(a+)+$`). The expression becomes a nondeterministic
 * automaton that is followed in all of its states at once (Ken Thompson, CACM 11(6), 1968). What only backtracking can
 * do (back-references, look-around) is refused by name.
 */

import { parsePattern, PatternError, type Node } from './pattern-parse.ts';

export { PatternError } from './pattern-parse.ts';

/** Whether a text has a match anywhere. */
export type Pattern = (text: string) => boolean;

const MOST_STATES = 1_000;
/** In UTF-16 units. A longer text has no match: it is no value that a plan would speak of. */
const LONGEST_TEXT = 5_000;

type State =
  | { to: number; has: (unit: number) => boolean }
  | { split: [number, number] }
  | { assert: 'start' | 'end' | 'word' | 'no-word'; to: number };

class Builder {
  readonly states: (State | null)[] = [];

  add(state: State | null): number {
    if (this.states.length >= MOST_STATES) {
      throw new PatternError(`it is too large: its repetitions come to more than ${MOST_STATES} states`);
    }
    return this.states.push(state) - 1;
  }

  /** Adds what matches `node` and then goes on to `next`; answers where it begins. */
  build(node: Node, next: number): number {
    switch (node.kind) {
      case 'set':
        return this.add({ has: node.has, to: next });
      case 'assert':
        return this.add({ assert: node.what, to: next });
      case 'sequence':
        return node.parts.reduceRight((after, part) => this.build(part, after), next);
      case 'either':
        return node.options
          .map(option => this.build(option, next))
          .reduceRight((rest, option) => this.add({ split: [option, rest] }));
      case 'repeat':
        return this.repeat(node, next);
    }
  }

  private repeat({ of, least, most }: Node & { kind: 'repeat' }, next: number): number {
    let begin = next;
    if (most === Infinity) {
      const loop = this.add(null);
      this.states[loop] = { split: [this.build(of, loop), next] };
      begin = loop;
    } else {
      for (let extra = least; extra < most; extra++) begin = this.add({ split: [this.build(of, begin), next] });
    }
    for (let count = 0; count < least; count++) begin = this.build(of, begin);
    return begin;
  }
}

const isWord = (unit: number) =>
  (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || unit === 95 || (unit >= 97 && unit <= 122);

const FINAL = 0;

/**
 * @param source an ECMAScript regular expression without look-around and back-references, without flags
 * @throws PatternError which says what is wrong with it
 */
export function compilePattern(source: string): Pattern {
  const builder = new Builder();
  builder.add(null);
  const start = builder.build(parsePattern(source), FINAL);
  const { states } = builder;

  /** The step at which each state was last reached, so that it is followed once a step. */
  const reached = new Uint32Array(states.length);

  return text => {
    if (text.length > LONGEST_TEXT) return false;
    reached.fill(0);
    let current: number[] = [];
    for (let at = 0; at <= text.length; at++) {
      // One run for all places at which a match may begin: the start state joins at each.
      const pending = current;
      pending.push(start);
      const unit = at < text.length ? text.charCodeAt(at) : -1;
      current = [];
      for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
        if (reached[index] === at + 1) continue;
        reached[index] = at + 1;
        if (index === FINAL) return true;
        const state = states[index];
        if (!state) continue;
        if ('split' in state) pending.push(...state.split);
        else if ('assert' in state) {
          if (holds(state.assert, text, at)) pending.push(state.to);
        } else if (unit >= 0 && state.has(unit)) current.push(state.to);
      }
    }
    return false;
  };
}

function holds(what: 'start' | 'end' | 'word' | 'no-word', text: string, at: number): boolean {
  if (what === 'start') return at === 0;
  if (what === 'end') return at === text.length;
  const before = at > 0 && isWord(text.charCodeAt(at - 1));
  const after = at < text.length && isWord(text.charCodeAt(at));
  return (before !== after) === (what === 'word');
}
