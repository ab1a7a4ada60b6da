/**
 * Test Kitchen: instruments and experiments of `mw.testKitchen` (also `mw.tk`), on real, unsampled, unenrolled and
 * overridden objects (mediawiki-extensions-TestKitchen modules/ext.testKitchen).
 */

import type { Adapter } from './adapter.ts';
import { begin, type Call, current, end } from './calls.ts';
import { exposureFacts } from './exposure.ts';
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
import type { Draft } from './recorder.ts';
import { snapshot } from './text.ts';
import { replace, whenSet, wrap } from './wrap.ts';

const MODULE = 'ext.testKitchen';
const CLIENT = 'test-kitchen';

/** What is known of an object that the client handed out: the no-op ones carry no name of their own. */
interface Tag {
  name: string;
  facts: Draft;
  forced: boolean;
  override: unknown;
}

export const testKitchen: Adapter = (mw, client, policy, enrolled) => {
  const tags = new WeakMap<object, Tag>();
  const config = packageExport(mw, MODULE, 'config.json');
  const instrumentConfig = (name: unknown) => own(own(config, 'instrumentConfigs'), name as string);
  const experimentConfig = (name: unknown) => own(own(config, 'experimentConfigs'), name as string);

  /** Names what a call or a question is about, in the terms of ObjectFacts. */
  function describeCall(call: Call, kind: 'instrument' | 'experiment', name: unknown, object: string): Draft {
    const entry = kind === 'instrument' ? instrumentConfig(name) : experimentConfig(name);
    const facts = create(null) as Draft;
    facts['object'] = object;
    facts['configured'] = isObject(entry);
    call.fact[kind] = name;
    call.fact['stream'] = ownText(entry, 'stream_name');
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
          const tag = remembered(tags, self);
          const action = api === 'sendExposure' ? 'experiment_exposure' : args[0];
          const call = begin(CLIENT, api, self);
          call.fact['data'] = snapshot(args[1]);
          const facts = describeCall(call, kind, tag?.name ?? nameOf(self), object);
          if (typeof action === 'string') call.fact['action'] = action;
          if (tag) {
            const { configured } = facts;
            assign(facts, tag.facts, { object, configured });
            call.forced = tag.forced;
            call.fact['override'] = tag.override;
          }
          facts['cookieEnabled'] = navigator.cookieEnabled;
          if (api === 'sendExposure') facts['exposure'] = exposureFacts(self);
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

  replace(
    client,
    'getInstrument',
    original =>
      function getInstrument(this: unknown, ...args) {
        const name = args[0];
        const call = begin(CLIENT, 'getInstrument', this);
        let result: unknown;
        let failed = true;
        const get = () => apply(original, this, args);
        const entry = instrumentConfig(name);
        const sample = snapshot(own(entry, 'sample'));
        const force = typeof name === 'string' ? quietly(() => policy.force('instrument', name)) : null;
        takeRead();
        try {
          const natural = get();
          const id = takeRead();
          result = force ? withSample(entry, force.inSample ? undefined : OUT, get) : natural;
          failed = false;
          quietly(() => {
            const isIn = isSampled(result);
            const isForced = isIn !== isSampled(natural);
            const facts = describeCall(call, 'instrument', name, isIn ? 'instrument' : 'unsampled-instrument');
            facts['sample'] = sample;
            answer(call, { inSample: isIn });
            call.fact['id'] = id;
            const override = force
              ? { rules: [force.rule], forced: isForced, naturallyIn: isSampled(natural) }
              : undefined;
            call.fact['override'] = override;
            remember(tags, result as object, { name: name as string, facts, forced: isForced && isIn, override });
          });
          return result;
        } catch (error) {
          result = error;
          throw error;
        } finally {
          quietly(() => end(call, result, failed));
        }
      },
  );

  function watchExperiments(holder: object, compat: boolean): void {
    const note = (call: Call, experiment: unknown): void => {
      const name = call.fact['experiment'] as string;
      const group = ownText(own(experiment, 'config'), 'assigned') ?? ownText(experiment, 'assigned');
      const facts = describeCall(call, 'experiment', name, objectOf(experiment));
      facts['group'] = ownText(own(mwConfig(mw, 'wgTestKitchenUserExperiments'), 'assigned'), name) ?? null;
      facts['inHeader'] = indexOf(`;${enrolled}`, `;${name}=`) >= 0;
      facts['compat'] = compat;
      answer(call, { group: group ?? null });
      remember(tags, experiment as object, { name, facts, forced: false, override: undefined });
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
