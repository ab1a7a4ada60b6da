/** Calls that ask their client something: recorded with its answer. */

import type { Client } from '../record/lists.ts';
import { begin, type Call, current, end } from './calls.ts';
import { takeRead } from './identifiers.ts';
import { ownText } from './natives.ts';
import { type Arguments, wrap } from './wrap.ts';

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

/**
 * The legacy sampling of EventLogging, one in `populationSize` (modules/ext.eventLogging/core.js): of the questions that
 * ask each other only the outermost is recorded. Where Schema#log asks, the answer is part of its call.
 */
export function watchLegacySampling(eventLog: object, client: Client): void {
  const watch = (api: string): void =>
    wrap(
      eventLog,
      api,
      (args, self) => {
        const call = current ?? begin(client, api, self);
        const isOwn = call.fact['api'] === api;
        if (isOwn || call.fact['api'] === SCHEMA_LOG) readPopulation(call, args);
        return isOwn ? call : undefined;
      },
      endInSample,
    );
  watch('sessionInSample');
  watch('pageviewInSample');
  watch('eventInSample');
  watch('inSample');
  watch('randomTokenMatch');
}

function readPopulation({ fact }: Call, args: Arguments): void {
  const size = args[0];
  takeRead();
  fact['population'] = typeof size === 'number' ? size : null;
  if (fact['api'] === 'randomTokenMatch') fact['id'] = ownText(args, 1);
}
