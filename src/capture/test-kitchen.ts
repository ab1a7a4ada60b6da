/**
 * Test Kitchen: instruments and experiments of `mw.testKitchen` (also `mw.tk`), on real, unsampled, unenrolled and
 * overridden objects (mediawiki-extensions-TestKitchen modules/ext.testKitchen).
 */

import type { Adapter } from './adapter.ts';
import { begin, type Call, current, end, markForced } from './calls.ts';
import { takeRead } from './identifiers.ts';
import { config as mwConfig, packageExport } from './modules.ts';
import {
  apply,
  assign,
  create,
  defineProperty,
  deleteProperty,
  describe,
  indexOf,
  isObject,
  now,
  onFulfilled,
  own,
  ownText,
  remember,
  remembered,
  quietly,
} from './natives.ts';
import type { Forced } from './policy.ts';
import type { Draft } from './recorder.ts';
import { snapshot } from './text.ts';
import { around, replace, whenSet, wrap } from './wrap.ts';

const MODULE = 'ext.testKitchen';
const CLIENT = 'test-kitchen';

export const testKitchen: Adapter = (mw, client, policy, enrolled) => {
  /** The question that each object of the client answered: the no-op ones carry no name of their own. */
  const questions = new WeakMap<object, Call>();
  const config = packageExport(mw, MODULE, 'config.json');
  const instrumentConfig = (name: unknown) => own(own(config, 'instrumentConfigs'), name as string);
  const experimentConfig = (name: unknown) => own(own(config, 'experimentConfigs'), name as string);

  /** Names what a call or a question is about, in the terms of ObjectFacts. */
  function describeCall(call: Call, kind: 'instrument' | 'experiment', name: unknown, object: string): Draft {
    const entry = kind === 'instrument' ? instrumentConfig(name) : experimentConfig(name);
    const facts = assign(create(null), { object, configured: isObject(entry) }) as Draft;
    if (typeof name === 'string') call.fact[kind] = name;
    call.fact['stream'] = ownText(entry, 'stream_name');
    call.fact['schema'] = ownText(entry, 'schema_id');
    call.fact['objectFacts'] = facts;
    return facts;
  }

  /** `send`, `submitInteraction` and `sendExposure` of one class. The one calls the other: only the outermost is a call. */
  function watchClass(kind: 'instrument' | 'experiment', file: string, className: string, object: string): void {
    const prototype = own(own(packageExport(mw, MODULE, file), className), 'prototype');
    const watch = (api: string) =>
      wrap(
        prototype,
        api,
        (args, self) => {
          if (current?.self === self) return undefined;
          const question = remembered(questions, self);
          const action = api === 'sendExposure' ? 'experiment_exposure' : args[0];
          const call = begin(CLIENT, api, self);
          call.fact['data'] = snapshot(args[1]);
          const facts = describeCall(call, kind, question?.fact[kind] ?? nameOf(self), object);
          if (typeof action === 'string') call.fact['action'] = action;
          if (question) {
            assign(facts, question.fact['objectFacts']);
            call.forced = question.forced;
            call.fact['override'] = question.fact['override'];
          }
          facts['cookieEnabled'] = navigator.cookieEnabled;
          return call;
        },
        (call, result, failed) => {
          if (call) end(call, result, failed);
        },
      );
    watch('send');
    watch('submitInteraction');
    watch('sendExposure');
  }
  watchClass('instrument', 'Instrument.js', 'Instrument', 'instrument');
  watchClass('instrument', 'Instrument.js', 'UnsampledInstrument', 'unsampled-instrument');
  watchClass('experiment', 'Experiment.js', 'Experiment', 'experiment');
  watchClass('experiment', 'Experiment.js', 'UnenrolledExperiment', 'unenrolled-experiment');
  watchClass('experiment', 'Experiment.js', 'OverriddenExperiment', 'overridden-experiment');

  wrap(packageExport(mw, MODULE, 'internalEventSender.js'), 'sendEvent', args => {
    if (current?.fact['client'] !== CLIENT) return;
    const event = args[0];
    current.event = event;
    current.accepted = true;
    current.fact['stream'] = ownText(own(event, 'meta'), 'stream');
    current.fact['schema'] = ownText(event, '$schema');
  });

  replace(client, 'getInstrument', original => {
    let force: Forced | null | undefined;
    let natural: unknown;
    return around(
      function getInstrument(this: unknown, ...args) {
        const get = () => apply(original, this, args);
        takeRead();
        natural = get();
        return force ? withSample(instrumentConfig(args[0]), force.inSample ? undefined : OUT, get) : natural;
      },
      (args, self) => {
        const call = begin(CLIENT, 'getInstrument', self);
        const name = args[0] as string;
        describeCall(call, 'instrument', name, '')['sample'] = snapshot(own(instrumentConfig(name), 'sample'));
        force = policy.force('instrument', name);
        return call;
      },
      (call, result, failed) => {
        if (!call) return;
        const isIn = isSampled(result);
        assign(call.fact['objectFacts'] as Draft, { object: isIn ? 'instrument' : 'unsampled-instrument' });
        call.fact['id'] = takeRead();
        answer(call, { inSample: isIn });
        if (force) markForced(call, force, isSampled(natural), isIn);
        if (isObject(result)) remember(questions, result, call);
        end(call, result, failed);
      },
    );
  });

  function watchExperiments(holder: object, compat: boolean): void {
    const note = (call: Call, experiment: unknown): void => {
      const name = call.fact['experiment'] as string;
      const group = ownText(own(experiment, 'config'), 'assigned') ?? ownText(experiment, 'assigned');
      const facts = describeCall(call, 'experiment', name, objectOf(experiment));
      assign(facts, {
        group: ownText(own(mwConfig(mw, 'wgTestKitchenUserExperiments'), 'assigned'), name) ?? null,
        inHeader: indexOf(`;${enrolled}`, `;${name}=`) >= 0,
        compat,
      });
      answer(call, { group: group ?? null });
      remember(questions, experiment as object, call);
    };
    wrap(
      holder,
      'getExperiment',
      (args, self) => {
        const call = begin(CLIENT, compat ? 'compat.getExperiment' : 'getExperiment', self);
        if (typeof args[0] === 'string') call.fact['experiment'] = args[0];
        answer(call, null);
        return call;
      },
      (call, result, failed) => {
        if (!call) return;
        if (compat && !failed) quietly(() => note(call, result));
        end(call, result, failed);
        if (compat || failed) return;
        onFulfilled(result, experiment => {
          const { api, seq, experiment: name } = call.fact;
          const later = begin(CLIENT, api as string, call.self);
          later.fact['experiment'] = name;
          later.fact['completes'] = seq;
          later.fact['at'] = now();
          quietly(() => note(later, experiment));
          end(later, undefined, false);
        });
      },
    );
  }
  watchExperiments(client, false);
  whenSet(client, 'compat', compat => watchExperiments(compat, true));
};

const answer = (call: Call, value: object | null): void => {
  call.fact['seen'] = 'answered';
  call.fact['answer'] = value;
};

const nameOf = (self: unknown): string | undefined => ownText(own(self, 'config'), 'enrolled') ?? ownText(self, 'name');

/** A sample that no client takes: the unit is unknown to all. */
const OUT = { unit: 'forced-out', rate: 0 };

/** Test Kitchen decides inside a closed function, so its config is changed, for this one call, and put back at once. */
function withSample<R>(entry: unknown, value: object | undefined, run: () => R): R {
  if (!isObject(entry)) return run();
  const before = describe(entry, 'sample');
  try {
    defineProperty(entry, 'sample', { value, writable: true, enumerable: true, configurable: true });
    return run();
  } finally {
    if (before) defineProperty(entry, 'sample', before);
    else deleteProperty(entry, 'sample');
  }
}

const isSampled = (instrument: unknown): boolean => isObject(own(instrument, 'config'));

/** Which class an experiment has, by the fields that its constructor sets. */
const objectOf = (experiment: unknown): string =>
  isSampled(experiment)
    ? 'experiment'
    : ownText(experiment, 'name') === undefined
      ? 'unenrolled-experiment'
      : 'overridden-experiment';
