/**
 * Experiments, in `mw.testKitchen` and in `mw.xLab` before it: the same questions, the same classes
 * (mediawiki-extensions-TestKitchen modules/ext.testKitchen, mediawiki-extensions-MetricsPlatform modules/ext.xLab).
 */

import { begin, type Call, current, end } from './calls.ts';
import { cookieEnabled } from './cookies.ts';
import { enrollAll, enrollMany, enrollOne } from './enrollment.ts';
import { entryOf, fileOf, groupOf, type Kind, type Kitchen, nameOf } from './kitchen.ts';
import { claimClient, endCall } from './library.ts';
import { config } from './modules.ts';
import {
  assign,
  create,
  getPrototypeOf,
  indexOf,
  isArray,
  isObject,
  onFulfilled,
  own,
  ownKeys,
  ownText,
  quietly,
  remember,
  remembered,
} from './natives.ts';
import { answer } from './questions.ts';
import type { Draft } from './recorder.ts';
import { snapshot } from './text.ts';
import { type AnyFunction, look, wrap } from './wrap.ts';

const BY_PREFIX = 'getExperimentsByPrefix';

/** The question that each object answered: the no-op ones carry no name of their own in the newest generation. */
const questions = new WeakMap<object, Call>();
/** What the instances of a prototype are, in the terms of ObjectFacts. */
const classes = new WeakMap<object, string>();

/** What an object is, in the terms of ObjectFacts; undefined for any other value. */
export function objectOf(value: unknown): string | undefined {
  let found: string | undefined;
  // a Proxy's chain of prototypes need not end
  for (let at = value, depth = 0; !found && isObject(at) && depth < 4; depth++) {
    found = remembered(classes, at);
    at = getPrototypeOf(at);
  }
  // xLab had one class before August 2025
  return found === 'experiment' && groupOf(value) === null ? 'unenrolled-experiment' : found;
}

/** Names what a call or a question is about, in the terms of ObjectFacts. */
export function describeCall(kitchen: Kitchen, call: Call, kind: Kind, name: unknown, object: unknown): Draft {
  const entry = entryOf(kitchen, kind, name);
  const configs = own(fileOf(kitchen, 'config.json'), `${kind}Configs`);
  const facts = create(null) as Draft;
  facts['object'] = objectOf(object) ?? (kind === 'instrument' ? 'unsampled-instrument' : 'unenrolled-experiment');
  facts['configured'] = isObject(configs) ? isObject(entry) : null;
  if (typeof name === 'string') call.fact[kind] = name;
  call.fact['stream'] = ownText(object, 'streamName') ?? ownText(entry, 'stream_name');
  call.fact['schema'] = ownText(object, 'schemaID') ?? ownText(entry, 'schema_id');
  call.fact['objectFacts'] = facts;
  return facts;
}

/** Remembers which question an object answers. */
export const ask = (call: Call, object: unknown): void => {
  if (isObject(object)) remember(questions, object, call);
};

/** `send`, `submitInteraction` and `sendExposure` of one class. The one calls the other: only the outermost is a call. */
export function watchClass(kitchen: Kitchen, kind: Kind, constructor: unknown, object: string): void {
  const prototype = own(constructor, 'prototype');
  if (!isObject(prototype)) return;
  remember(classes, prototype, object);
  const watch = (api: string) =>
    wrap(
      prototype,
      api,
      (args, self) => {
        if (current?.self === self) return undefined;
        const question = remembered(questions, self);
        const action = api === 'sendExposure' ? 'experiment_exposure' : args[0];
        const call = begin(kitchen.name, api, self);
        call.fact['data'] = snapshot(args[1]);
        const facts = describeCall(kitchen, call, kind, question?.fact[kind] ?? nameOf(self), self);
        if (typeof action === 'string') call.fact['action'] = action;
        if (question) {
          assign(facts, question.fact['objectFacts']);
          call.forced = question.forced;
          call.fact['override'] = question.fact['override'];
        }
        facts['cookieEnabled'] = kitchen.policy.rule('cookies') ? false : cookieEnabled();
        return call;
      },
      endCall,
    );
  watch('send');
  watch('submitInteraction');
  watch('sendExposure');
}

/** The classes of experiments in the exports of `Experiment.js`: one before August 2025, three since. */
export function watchExperimentClasses(kitchen: Kitchen): void {
  const exports = fileOf(kitchen, 'Experiment.js');
  watchClass(kitchen, 'experiment', own(exports, 'Experiment') ?? exports, 'experiment');
  watchClass(kitchen, 'experiment', own(exports, 'UnenrolledExperiment'), 'unenrolled-experiment');
  watchClass(kitchen, 'experiment', own(exports, 'OverriddenExperiment'), 'overridden-experiment');
}

/** The questions for experiments on `holder`, answered at once or by a promise; `prefix` is what the page writes before them. */
export function watchQuestions(kitchen: Kitchen, holder: unknown, prefix: '' | 'compat.'): void {
  const assigned = (): unknown => own(config(kitchen.mw, kitchen.variable), 'assigned');

  /** What is known of one experiment that was asked for. */
  function tell(call: Call, name: unknown, experiment: unknown): void {
    const { enrolled, name: client } = kitchen;
    const facts = describeCall(kitchen, call, 'experiment', name, experiment);
    const rule = kitchen.policy.rule('experiment', name as string);
    const isForced = rule?.as === 'enrolled';
    facts['group'] = isForced ? rule.group : ownText(assigned(), name as string) || null;
    if (enrolled !== undefined) {
      facts['inHeader'] = !isForced && indexOf(`;${enrolled}`, `;${name as string}=`) >= 0;
      facts['compat'] = prefix !== '';
    }
    claimClient(own(experiment, 'metricsClient'), client);
    ask(call, experiment);
  }

  const watch = (api: string, take: (call: Call, subject: unknown, result: unknown) => object | undefined) => {
    const start = (self: unknown, subject: unknown): Call | undefined => {
      // in March 2026 the one asked the other
      if (current?.fact['api'] === BY_PREFIX) return undefined;
      const call = begin(kitchen.name, prefix + api, self);
      if (api === 'getExperiment' && typeof subject === 'string') call.fact['experiment'] = subject;
      return call;
    };
    const force = (original: AnyFunction): AnyFunction => {
      if (api === BY_PREFIX) return enrollMany(kitchen, original);
      if (prefix || kitchen.isSync) kitchen.getNow = original;
      return enrollOne(kitchen, original);
    };
    look(
      holder,
      api,
      force,
      (args, self) => ({ call: start(self, args[0]), subject: args[0] }),
      (state, result, failed) => {
        const call = state?.call;
        if (!call) return;
        const { subject } = state;
        const found = failed ? null : quietly(() => take(call, subject, result));
        answer(call, found ?? null);
        end(call, result, failed);
        if (found === undefined) {
          onFulfilled(result, value => {
            const later = start(call.self, subject);
            if (!later) return;
            later.fact['completes'] = call.fact['seq'];
            answer(later, quietly(() => take(later, subject, value)) ?? null);
            end(later, undefined, false);
          });
        }
      },
    );
  };

  watch('getExperiment', (call, name, experiment) => {
    if (!objectOf(experiment)) return undefined;
    tell(call, name, experiment);
    return { group: groupOf(experiment) };
  });

  watch(BY_PREFIX, (call, start, experiments) => {
    if (!isArray(experiments)) return undefined;
    const groups = create(null) as Draft;
    const names = ownKeys((assigned() ?? groups) as object);
    const count = own(experiments, 'length') as number;
    let next = 0;
    /** An enrollment without a config is answered by an object without a name, in the order of the enrollments. */
    const nameless = (): string | undefined => {
      while (next < names.length) {
        const name = names[next++] as string;
        if (indexOf(name, start as string) === 0 && !isObject(entryOf(kitchen, 'experiment', name))) return name;
      }
      return undefined;
    };
    for (let i = 0; i < count; i++) {
      const experiment = own(experiments, i);
      const name = nameOf(experiment) ?? nameless();
      const question = { ...call, fact: create(null) as Draft };
      tell(question, name, experiment);
      if (name !== undefined) groups[name] = groupOf(experiment);
    }
    return groups;
  });
}

/** What a client answers to more than one experiment, or asks of the page's server: its result, or what it was given. */
export function watchAnswers(kitchen: Kitchen): void {
  const { client, name } = kitchen;
  look(
    client,
    'getAssignments',
    original => enrollAll(kitchen, original),
    (_, self) => begin(name, 'getAssignments', self),
    (call, result, failed) => {
      if (!call) return;
      if (!failed) answer(call, snapshot(result) ?? null);
      end(call, result, failed);
    },
  );
  /** These set a cookie and load the page again. */
  const override = (api: string) =>
    wrap(
      client,
      api,
      (args, self) => {
        const call = begin(name, api, self);
        if (typeof args[0] === 'string') call.fact['experiment'] = args[0];
        answer(call, { group: snapshot(args[2] ?? args[1]) ?? null });
        return call;
      },
      endCall,
    );
  override('overrideExperimentGroup');
  override('clearExperimentOverride');
  override('clearExperimentOverrides');
  override('overrideExperimentEnrollment'); // of mw.metricsPlatform, until April 2025
  override('clearExperimentEnrollmentOverrides');
}
