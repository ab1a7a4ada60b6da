/** Calls that ask their client something: recorded with its answer. */

import type { Client } from '../record/lists.ts';
import type { RuleOf } from '../record/override.ts';
import { begin, type Call, current, end, markForced } from './calls.ts';
import { takeRead } from './identifiers.ts';
import { apply, own, ownText, quietly, slice } from './natives.ts';
import type { Policy } from './policy.ts';
import { type Arguments, around, replace } from './wrap.ts';

/** Notes what the client answered, as an object of ours. */
export const answer = (call: Call, value: object | null): void => {
  call.fact['seen'] = 'answered';
  call.fact['answer'] = value;
};

export const SCHEMA_LOG = 'Schema#log';

export const endInSample = (call: Call | undefined, result: unknown, failed: boolean): void => {
  if (!call) {
    if (current?.fact['api'] === SCHEMA_LOG) current.fact['id'] ??= takeRead();
    return;
  }
  call.fact['id'] ??= takeRead();
  answer(call, { inSample: result === true });
  end(call, result, failed);
};

/** Whose identifier each of them looks at: what a rule for it is named by. */
const UNITS: { [api: string]: 'session' | 'pageview' } = {
  sessionInSample: 'session',
  pageviewInSample: 'pageview',
  eventInSample: 'pageview',
  inSample: 'pageview',
};

/**
 * The legacy sampling of EventLogging, one in `populationSize` (modules/ext.eventLogging/core.js): of the questions that
 * ask each other only the outermost is recorded. Where Schema#log asks, the answer is part of its call.
 */
export function watchLegacySampling(eventLog: object, client: Client, policy: Policy): void {
  const watch = (api: string): void =>
    replace(eventLog, api, original => {
      let asked: Call | null = null;
      return around(
        function ask(this: unknown, ...args) {
          const call = asked;
          const natural = apply(original, this, args);
          const rule = call && quietly(() => ruleFor(call, api, policy));
          if (!rule) return natural;
          const { sample } = rule;
          const inSample =
            typeof sample === 'number' ? apply(original, this, [1 / sample, own(args, 1)]) : sample === 'in';
          quietly(() => markForced(call, rule, natural === true, inSample === true));
          return inSample;
        },
        (args, self) => {
          asked = null;
          const call = current ?? begin(client, api, self);
          const isOwn = call.fact['api'] === api;
          if (isOwn || call.fact['api'] === SCHEMA_LOG) {
            asked = call;
            readPopulation(call, args);
          }
          return isOwn ? call : undefined;
        },
        endInSample,
      );
    });
  watch('sessionInSample');
  watch('pageviewInSample');
  watch('eventInSample');
  watch('inSample');
  watch('randomTokenMatch');
}

function ruleFor({ fact }: Call, api: string, policy: Policy): RuleOf<'schema' | 'population'> | null {
  const unit = UNITS[api];
  if (!unit) return null;
  return fact['api'] === SCHEMA_LOG
    ? policy.rule('schema', slice(fact['stream'], 'eventlogging_'.length))
    : policy.rule('population', unit);
}

function readPopulation({ fact }: Call, args: Arguments): void {
  const size = args[0];
  takeRead();
  fact['population'] = typeof size === 'number' ? size : null;
  if (fact['api'] === 'randomTokenMatch') fact['id'] = ownText(args, 1);
}
