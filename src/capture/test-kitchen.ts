/**
 * Test Kitchen: instruments and experiments of `mw.testKitchen` (also `mw.tk`), on real, unsampled, unenrolled and
 * overridden objects (mediawiki-extensions-TestKitchen modules/ext.testKitchen).
 */

import type { Force, RuleOf } from '../record/override.ts';
import type { Adapter } from './adapter.ts';
import { begin, type Call, current, end, markForced } from './calls.ts';
import {
  ask,
  describeCall,
  objectOf,
  watchAnswers,
  watchClass,
  watchExperimentClasses,
  watchQuestions,
} from './experiments.ts';
import { watchExposures } from './exposures.ts';
import { takeRead } from './identifiers.ts';
import { entryOf, fileOf, type Kitchen } from './kitchen.ts';
import { endCall } from './library.ts';
import { apply, assign, bare, instead, isObject, own, ownText } from './natives.ts';
import { answer } from './questions.ts';
import { atRate } from './sampling.ts';
import type { Draft } from './recorder.ts';
import { snapshot } from './text.ts';
import { around, replace, whenSet, wrap } from './wrap.ts';
import { watchLab } from './xlab.ts';

const CLIENT = 'test-kitchen';
const INSTRUMENT = 'instrument';

export const testKitchen: Adapter = (mw, client, policy, enrolled, changed) => {
  const variable = 'wgTestKitchenUserExperiments';
  const kitchen: Kitchen = { mw, client, policy, name: CLIENT, module: 'ext.testKitchen', variable, enrolled };
  const instruments = fileOf(kitchen, 'Instrument.js');
  if (!instruments) return watchLab(kitchen, changed);
  watchExposures(mw, policy, changed);

  watchExperimentClasses(kitchen);
  watchClass(kitchen, INSTRUMENT, own(instruments, 'Instrument'), INSTRUMENT);
  watchClass(kitchen, INSTRUMENT, own(instruments, 'UnsampledInstrument'), 'unsampled-instrument');
  watchAnswers(kitchen);
  watchQuestions(kitchen, client, '');
  whenSet(client, 'compat', compat => watchQuestions(kitchen, compat, 'compat.'));

  wrap(
    fileOf(kitchen, 'internalEventSender.js') ?? fileOf(kitchen, 'eventSender.js'), // until April 2026
    'sendEvent',
    (args, self) => {
      const event = args[0];
      const isInside = current?.fact['client'] === CLIENT;
      const call = isInside ? (current as Call) : begin(CLIENT, 'send', self);
      call.event = event;
      call.accepted = true;
      call.fact['stream'] = ownText(own(event, 'meta'), 'stream');
      call.fact['schema'] = ownText(event, '$schema');
      if (isInside) return undefined;
      // a `send` that was kept from before the hook
      call.fact[INSTRUMENT] = ownText(event, 'instrument_name');
      call.fact['experiment'] = ownText(own(event, 'experiment'), 'enrolled');
      return call;
    },
    endCall,
  );

  replace(client, 'getInstrument', original => {
    let rule: RuleOf<'instrument'> | null;
    let natural: unknown;
    return around(
      function getInstrument(this: unknown, ...args) {
        const get = () => apply(original, this, args);
        takeRead();
        natural = get();
        return rule ? withSample(entryOf(kitchen, INSTRUMENT, bare(args)[0]), rule.sample, get) : natural;
      },
      (args, self) => {
        const call = begin(CLIENT, 'getInstrument', self);
        const name = args[0] as string;
        const sample = own(entryOf(kitchen, INSTRUMENT, name), 'sample');
        describeCall(kitchen, call, INSTRUMENT, name, undefined)['sample'] = snapshot(sample);
        rule = policy.rule(INSTRUMENT, name);
        return call;
      },
      (call, result, failed) => {
        if (!call) return;
        const isIn = isSampled(result);
        assign(call.fact['objectFacts'] as Draft, { object: isIn ? INSTRUMENT : 'unsampled-instrument' });
        call.fact['id'] = takeRead();
        answer(call, { inSample: isIn });
        if (rule) markForced(call, rule, isSampled(natural), isIn);
        ask(call, result);
        end(call, result, failed);
      },
    );
  });
};

/** A sample that no client takes: the unit is unknown to all. */
const OUT = { unit: 'forced-out', rate: 0 };

/** Test Kitchen decides inside a closed function, so its config is changed, for this one call, and put back at once. */
function withSample<R>(entry: unknown, force: Force, run: () => R): R {
  if (!isObject(entry)) return run();
  const value = force === 'in' ? undefined : force === 'out' ? OUT : atRate(own(entry, 'sample'), force);
  return instead(entry, 'sample', value, run);
}

const isSampled = (object: unknown): boolean => objectOf(object) === INSTRUMENT;
