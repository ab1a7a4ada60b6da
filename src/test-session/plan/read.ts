/** Reads the text of a plan, JSON or YAML, and tells each fault at its line. */

import { LineCounter, parseDocument } from 'yaml';
import type { Json } from '../../record/record.ts';
import { durationOf } from './duration.ts';
import { stepsOf } from './path.ts';
import { compilePattern, PatternError } from './pattern.ts';
import { type Expectation, type Fault, KINDS, OF_KINDS, type Plan, type Selector } from './types.ts';
import { offsetOf, type Path, walk } from './walk.ts';

export interface ReadPlan {
  /** Null where there is any fault. */
  plan: Plan | null;
  /** In the order of the text. */
  faults: Fault[];
}

/** In characters. */
const LONGEST = 1_000_000;
const MOST_FAULTS = 100;

/** @param text JSON is YAML, too */
export function readPlan(text: string): ReadPlan {
  const lines = new LineCounter();
  const faults: Fault[] = [];
  const add = (path: Path, offset: number, message: string) => {
    const { line, col } = lines.linePos(offset);
    if (faults.length < MOST_FAULTS)
      faults.push({ line: Math.max(1, line), column: Math.max(1, col), path: path.join('.'), message });
  };
  if (text.length > LONGEST) {
    add([], 0, `The plan has more than ${LONGEST} characters.`);
    return { plan: null, faults };
  }
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  for (const { pos, message } of document.errors) add([], pos[0], `${message}.`.replace(/\.\.$/, '.'));
  if (document.errors.length === 0) {
    walk(document.contents, add);
    if (faults.length === 0) {
      const value = document.toJS({ maxAliasCount: 0 }) as Plan;
      const plan: Plan = { ...value, steps: value.steps ?? [], expect: value.expect ?? [] };
      const at = (path: Path) => offsetOf(document.getIn(path, true) ?? document.contents);
      checkPlan(plan, (path, message) => add(path, at(path), message));
      if (faults.length === 0) return { plan, faults };
    }
  }
  faults.sort((a, b) => a.line - b.line || a.column - b.column);
  return { plan: null, faults };
}

type Tell = (path: Path, message: string) => void;

/** What no schema says. */
function checkPlan(plan: Plan, tell: Tell): void {
  const names = plan.steps.map(({ step }) => step);
  if (plan.steps.length === 0 && plan.expect.length === 0)
    tell([], 'The plan expects nothing: give it "steps" or "expect".');
  plan.steps.forEach(({ step, expect }, index) => {
    if (names.indexOf(step) < index) tell(['steps', index, 'step'], `There is an earlier step of the name "${step}".`);
    expect.forEach((one, place) => checkExpectation(one, ['steps', index, 'expect', place], names, tell));
  });
  plan.expect.forEach((one, place) => checkExpectation(one, ['expect', place], names, tell));
}

function checkExpectation(one: Expectation, path: Path, steps: string[], tell: Tell): void {
  const kinds = KINDS.filter(kind => one[kind] !== undefined);
  const [first, second, ...more] = kinds;
  if (first === undefined) tell(path, `Nothing is expected: give one of ${KINDS.join(', ')}.`);
  const isRange = first === 'atLeast' && second === 'atMost' && more.length === 0;
  if (second !== undefined && !isRange) {
    tell([...path, second], `"${first}" and "${second}" are two expectations: make an entry of each.`);
  }
  if (isRange && (one.atLeast ?? 0) > (one.atMost ?? 0)) tell([...path, 'atMost'], '"atMost" is below "atLeast".');
  if (first !== undefined && OF_KINDS.includes(first) && !one.of)
    tell(path, `"${first}" needs "of": which records it is about.`);
  if (first !== undefined && !OF_KINDS.includes(first) && one.of) tell([...path, 'of'], `"${first}" has no "of".`);
  if (one.within !== undefined && durationOf(one.within) === null) {
    tell([...path, 'within'], `"${one.within}" is no stretch of time such as 2 s, 500 ms or 1 min.`);
  }
  if (one.notBefore && 'step' in one.notBefore && !steps.includes(one.notBefore.step)) {
    tell([...path, 'notBefore', 'step'], `There is no step "${one.notBefore.step}".`);
  }
  if (one.for?.group !== undefined && one.for.experiment === undefined) {
    tell([...path, 'for', 'group'], 'A group needs its "experiment".');
  }
  for (const [name, selector] of selectorsOf(one)) checkSelector(selector, [...path, ...name], tell);
}

/** All selectors of an expectation, each with where it stands. */
function selectorsOf(one: Expectation): [Path, Selector][] {
  const listed = (['sequence', 'anywhere', 'directlyAfter'] as const).flatMap(kind =>
    (one[kind] ?? []).map((selector, index): [Path, Selector] => [[kind, index], selector]),
  );
  if (one.of) listed.push([['of'], one.of]);
  if (one.have) listed.push([['have'], one.have]);
  if (one.notBefore && !('step' in one.notBefore)) listed.push([['notBefore'], one.notBefore]);
  return listed;
}

function checkSelector(selector: Selector, path: Path, tell: Tell): void {
  const pattern = (source: unknown, at: Path) => {
    try {
      if (typeof source === 'string') compilePattern(source);
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      tell(at, `The regular expression cannot be used: ${error.message}.`);
    }
  };
  for (const [name, value] of Object.entries(selector) as [string, Json][]) {
    if (name !== 'fields' && isObject(value)) pattern(value['matches'], [...path, name, 'matches']);
  }
  for (const [field, condition] of Object.entries(selector.fields ?? {})) {
    if (stepsOf(field).some(step => step === ''))
      tell([...path, 'fields', field], `"${field}" is no path such as performer.session_id.`);
    if (isObject(condition)) pattern(condition['matches'], [...path, 'fields', field, 'matches']);
  }
}

const isObject = (value: unknown): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
