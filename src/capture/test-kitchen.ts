/**
 * Test Kitchen: instruments and experiments of `mw.testKitchen` (also `mw.tk`), on real, unsampled, unenrolled and
 * overridden objects (mediawiki-extensions-TestKitchen modules/ext.testKitchen).
 */

import type { ObjectFacts } from '../record/facts.ts';
import type { Call } from './calls.ts';
import type { Adapter, Environment } from './environment.ts';
import { exposureFacts } from './exposure.ts';
import { config as mwConfig, packageExport } from './modules.ts';
import {
  apply,
  defineProperty,
  deleteProperty,
  describe,
  isObject,
  now,
  onFulfilled,
  own,
  ownText,
  remember,
  remembered,
} from './natives.ts';
import { headerEnrollments } from './server-timing.ts';
import { snapshot } from './text.ts';

const MODULE = 'ext.testKitchen';

/** What is known of an object that the client handed out: the no-op ones carry no name of their own. */
interface Tag {
  name: string;
  facts: ObjectFacts;
  forced: boolean;
  override: object | undefined;
}

type Kind = ObjectFacts['object'];

export const testKitchen: Adapter = (environment, mw, client) => {
  const { calls, wraps, identifiers } = environment;
  identifiers.watch(mw);
  const tags = new WeakMap<object, Tag>();
  const config = packageExport(mw, MODULE, 'config.json');
  const experiments = packageExport(mw, MODULE, 'Experiment.js');
  const instruments = packageExport(mw, MODULE, 'Instrument.js');

  const watchClass = (kind: Kind, file: unknown, name: string) =>
    watchMethods(environment, kind, own(own(file, name), 'prototype'), tags, config);
  watchClass('instrument', instruments, 'Instrument');
  watchClass('unsampled-instrument', instruments, 'UnsampledInstrument');
  watchClass('experiment', experiments, 'Experiment');
  watchClass('unenrolled-experiment', experiments, 'UnenrolledExperiment');
  watchClass('overridden-experiment', experiments, 'OverriddenExperiment');
  wraps.wrap(packageExport(mw, MODULE, 'internalEventSender.js'), 'sendEvent', {
    before(_, args) {
      const call = calls.current();
      if (!call || call.client !== 'test-kitchen') return;
      call.event = args[0];
      call.built = true;
      call.accepted = true;
      call.stream = ownText(own(args[0], 'meta'), 'stream') ?? call.stream;
      call.facts.schema = ownText(args[0], '$schema');
    },
  });

  watchInstruments(environment, client, tags, config);
  watchExperiments(environment, mw, client, tags, config, false);
  wraps.whenSet(client, 'compat', compat => watchExperiments(environment, mw, compat, tags, config, true));
  environment.changed();
};

/** `send`, `submitInteraction` and `sendExposure` of one class. The one calls the other: only the outermost is a call. */
function watchMethods(
  { calls, wraps }: Environment,
  kind: Kind,
  prototype: unknown,
  tags: WeakMap<object, Tag>,
  config: unknown,
): void {
  const isInstrument = kind === 'instrument' || kind === 'unsampled-instrument';
  const watch = (api: string) =>
    wraps.wrap(prototype, api, {
      before(self, args) {
        const outer = calls.current();
        if (outer && outer.client === 'test-kitchen' && outer.self === self) return undefined;
        const call = calls.begin('test-kitchen', api, self, undefined);
        const tag = remembered(tags, self);
        const name = tag?.name ?? nameOf(kind, self);
        if (isInstrument) call.instrument = name;
        else call.experiment = name;
        call.stream = streamOf(isInstrument, config, name);
        call.action =
          api === 'sendExposure' ? 'experiment_exposure' : typeof args[0] === 'string' ? args[0] : undefined;
        call.event = partialEvent(call, args[1]);
        call.forced = tag?.forced ?? false;
        call.facts.override = tag?.override;
        const known = tag?.facts.configured ?? isConfigured(isInstrument, config, name);
        const facts: ObjectFacts = { ...tag?.facts, object: kind, configured: known };
        if (!isInstrument) facts.cookieEnabled = navigator.cookieEnabled;
        const exposure = api === 'sendExposure' ? exposureFacts(self) : undefined;
        if (exposure) facts.exposure = exposure;
        call.facts.objectFacts = facts;
        return call;
      },
      after(call, result, failed) {
        if (call) calls.end(call, failed, result);
      },
    });
  watch('send');
  watch('submitInteraction');
  watch('sendExposure');
}

const partialEvent = (call: Call, data: unknown): object => {
  const event: { action?: string; interaction?: unknown } = {};
  if (call.action !== undefined) defineProperty(event, 'action', { value: call.action, enumerable: true });
  const passed = snapshot(data);
  if (passed && isObject(data)) defineProperty(event, 'interaction', { value: passed, enumerable: true });
  return event;
};

const nameOf = (kind: Kind, self: unknown): string | undefined =>
  kind === 'experiment' ? ownText(own(self, 'config'), 'enrolled') : ownText(self, 'name');

const entryOf = (isInstrument: boolean, config: unknown, name: string | undefined): unknown =>
  name === undefined ? undefined : own(own(config, isInstrument ? 'instrumentConfigs' : 'experimentConfigs'), name);

const streamOf = (isInstrument: boolean, config: unknown, name: string | undefined): string | undefined =>
  ownText(entryOf(isInstrument, config, name), 'stream_name');

const isConfigured = (isInstrument: boolean, config: unknown, name: string | undefined): boolean | null =>
  isObject(config) ? isObject(entryOf(isInstrument, config, name)) : null;

function watchInstruments(
  { calls, wraps, policy, identifiers }: Environment,
  client: object,
  tags: WeakMap<object, Tag>,
  config: unknown,
): void {
  wraps.replace(
    client,
    'getInstrument',
    original =>
      function getInstrument(this: unknown, ...args) {
        const name = args[0];
        if (typeof name !== 'string') return apply(original, this, args);
        const call = calls.begin('test-kitchen', 'getInstrument', this, undefined);
        let instrument: unknown;
        let failed = true;
        try {
          const entry = entryOf(true, config, name);
          const sample = snapshot(own(entry, 'sample'));
          const forced = policy.force('instrument', name);
          identifiers.takeRead();
          // The rule's own answer first: whether it changes anything is part of the record.
          const natural = forced ? apply(original, this, args) : undefined;
          const id = identifiers.takeRead();
          instrument = forced
            ? withSample(entry, forced.inSample ? undefined : OUT, () => apply(original, this, args))
            : apply(original, this, args);
          failed = false;
          noteInstrument(call, name, entry, sample, id ?? identifiers.takeRead(), instrument);
          if (forced) {
            const changes = isIn(natural) !== isIn(instrument);
            call.facts.override = { rules: [forced.rule], forced: changes, naturallyIn: isIn(natural) };
            call.forced = changes && isIn(instrument);
          }
          remember(tags, instrument as object, {
            name,
            facts: call.facts.objectFacts as ObjectFacts,
            forced: call.forced,
            override: call.facts.override as object | undefined,
          });
          return instrument;
        } catch (error) {
          if (!failed) return instrument;
          instrument = error;
          throw error;
        } finally {
          end(calls, call, failed, instrument);
        }
      },
  );
}

function end(calls: Environment['calls'], call: Call, failed: boolean, result: unknown): void {
  try {
    calls.end(call, failed, result);
  } catch {
    // a fact that cannot be written must not reach the page
  }
}

/** A sample that no client takes: the unit is unknown to all. */
const OUT = { unit: 'forced-out', rate: 0 };

/** Test Kitchen decides inside a closed function, so its config is changed, for this one call, and put back at once. */
function withSample<R>(entry: unknown, sample: object | undefined, run: () => R): R {
  const before = isObject(entry) ? describe(entry, 'sample') : undefined;
  if (!isObject(entry) || (before && !before.configurable)) return run();
  try {
    defineProperty(entry, 'sample', { value: sample, writable: true, enumerable: true, configurable: true });
    return run();
  } finally {
    if (before) defineProperty(entry, 'sample', before);
    else deleteProperty(entry, 'sample');
  }
}

const isIn = (instrument: unknown): boolean => isObject(own(instrument, 'config'));

function noteInstrument(
  call: Call,
  name: string,
  entry: unknown,
  sample: unknown,
  id: string | undefined,
  instrument: unknown,
): void {
  call.instrument = name;
  call.stream = ownText(entry, 'stream_name');
  call.asked = true;
  call.answer = { inSample: isIn(instrument) };
  call.facts.id = id;
  call.facts.objectFacts = {
    object: isIn(instrument) ? 'instrument' : 'unsampled-instrument',
    configured: isObject(entry),
    sample,
  };
}

function watchExperiments(
  { calls, wraps }: Environment,
  mw: object,
  client: object,
  tags: WeakMap<object, Tag>,
  config: unknown,
  compat: boolean,
): void {
  const prefix = compat ? 'compat.' : '';

  /** What is known of an experiment beside the object itself. */
  const factsOf = (name: string, object: Kind): ObjectFacts => ({
    object,
    configured: isConfigured(false, config, name),
    group: ownText(own(mwConfig(mw, 'wgTestKitchenUserExperiments'), 'assigned'), name) ?? null,
    inHeader: own(headerEnrollments(), name) !== undefined,
    compat,
  });
  const tag = (name: string, experiment: unknown): ObjectFacts | undefined => {
    if (!isObject(experiment)) return undefined;
    const facts = factsOf(name, kindOf(experiment));
    remember(tags, experiment, { name, facts, forced: false, override: undefined });
    return facts;
  };
  const answer = (call: Call, name: string, experiment: unknown): void => {
    call.facts.objectFacts = tag(name, experiment);
    call.answer = { group: groupOf(experiment) };
  };

  wraps.wrap(client, 'getExperiment', {
    before(self, args) {
      const call = calls.begin('test-kitchen', `${prefix}getExperiment`, self, undefined);
      call.asked = true;
      call.answer = null;
      if (typeof args[0] === 'string') call.experiment = args[0];
      call.stream = streamOf(false, config, call.experiment);
      return call;
    },
    after(call, result, failed) {
      if (!call) return;
      const name = call.experiment;
      if (compat && name !== undefined && !failed) answer(call, name, result);
      calls.end(call, failed, result);
      if (compat || failed || name === undefined) return;
      onFulfilled(result, experiment => {
        const later = calls.begin('test-kitchen', call.api, call.self, undefined);
        later.asked = true;
        later.experiment = name;
        later.stream = call.stream;
        later.facts.completes = call.seq;
        later.facts.at = now();
        answer(later, name, experiment);
        calls.end(later, false);
      });
    },
  });

  wraps.wrap(client, 'getExperimentsByPrefix', {
    before: (_, args) => args[0],
    after(_, result, failed) {
      if (failed) return;
      const tagAll = (list: unknown) => {
        const length = own(list, 'length');
        for (let i = 0; typeof length === 'number' && i < length; i += 1) {
          const experiment = own(list, i);
          const name = nameOf(kindOf(experiment), experiment);
          if (name !== undefined) tag(name, experiment);
        }
      };
      if (compat) tagAll(result);
      else onFulfilled(result, tagAll);
    },
  });
}

/** Which class an object of the client has, by the fields that its constructor sets. */
const kindOf = (experiment: unknown): Kind =>
  isObject(own(experiment, 'config'))
    ? 'experiment'
    : ownText(experiment, 'name') === undefined
      ? 'unenrolled-experiment'
      : 'overridden-experiment';

const groupOf = (experiment: unknown): string | null =>
  ownText(own(experiment, 'config'), 'assigned') ?? ownText(experiment, 'assigned') ?? null;
