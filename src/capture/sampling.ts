/** The library's sampling: which identifier a decision read, and where a rule decides instead. */

import type { RuleOf } from '../record/override.ts';
import { abandon, begin, type Call, current, end, markForced } from './calls.ts';
import { takeRead } from './identifiers.ts';
import { apply, bare, own, ownKeys, quietly } from './natives.ts';
import type { Policy } from './policy.ts';
import { setStream } from './stream-facts.ts';
import { replace } from './wrap.ts';

/** EventLogging near 2022-11: the call whose stream was found in sample by a kept `submit`, until it is queued. */
let sampled: Call | null = null;

/** Goes on with the call of a kept `submit` that has come through its sampling. */
export function resume(call: Call): void {
  if (sampled?.fact['stream'] === call.fact['stream']) {
    call.forced = sampled?.forced ?? false;
    call.fact['override'] = sampled?.fact['override'];
    call.fact['id'] = sampled?.fact['id'];
  }
  sampled = null;
}

/**
 * Watches `isStreamInSample` (`streamInSample` in EventLogging near 2022-11) of the library's SamplingController. With
 * `facade`, the client's configuration, a decision outside of any call is one of a kept `submit`, which no earlier step
 * shows.
 */
export function watchSampling(prototype: unknown, policy: Policy, facade?: object): void {
  const watch = (key: string): void =>
    replace(
      prototype,
      key,
      original =>
        function decide(this: unknown, ...args) {
          const kept = facade && !current ? quietly(() => beginKept(facade, bare(args)[0])) : undefined;
          takeRead();
          let inSample: unknown;
          try {
            const rule = quietly(() => ruleFor(policy));
            const ask = () => apply(original, this, args);
            // what the client itself throws, it does not throw under a rule
            const natural = rule ? quietly(ask) : ask();
            inSample = natural;
            quietly(() => {
              if (current) current.fact['id'] = takeRead();
              if (!current || !rule) return;
              const { sample } = rule;
              inSample =
                typeof sample === 'number'
                  ? apply(original, this, [{ sample: atRate(own(own(args, 0), 'sample'), sample) }])
                  : sample === 'in';
              markForced(current, rule, natural === true, inSample === true);
            });
            return inSample;
          } finally {
            quietly(() => {
              if (kept) endKept(kept, inSample === true);
            });
          }
        },
    );
  watch('isStreamInSample');
  watch('streamInSample');
}

function ruleFor(policy: Policy): RuleOf<'stream' | 'instrument'> | null {
  const { stream, instrument } = current?.fact ?? {};
  return (
    (stream ? policy.rule('stream', stream as string) : null) ??
    (instrument ? policy.rule('instrument', instrument as string) : null)
  );
}

/** A stream's `sample` with another rate: all that the decision looks at, so that the config keeps its own. */
export const atRate = (sample: unknown, rate: number): object => ({ unit: own(sample, 'unit') ?? 'session', rate });

function beginKept(facade: object, config: unknown): Call | undefined {
  const streams = own(facade, 'streamConfigs');
  const names = ownKeys(streams as object);
  const length = own(names, 'length') as number;
  for (let i = 0; i < length; i++) {
    const name = own(names, i) as string;
    if (own(streams, name) !== config) continue;
    const call = begin('event-logging', 'submit', undefined);
    setStream(call, facade, name);
    return call;
  }
  return undefined;
}

function endKept(call: Call, inSample: boolean): void {
  if (!inSample) return end(call, undefined, false);
  abandon(call);
  sampled = call;
}
