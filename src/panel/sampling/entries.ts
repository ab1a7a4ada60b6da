import { configOf } from '../../platform/stream-config.ts';
import {
  isInstrumentInSample,
  isStreamInSample,
  type Identifiers,
  type SamplingResult,
} from '../../platform/sampling.ts';
import type { ContextFact } from '../../record/facts.ts';
import { fieldsOf } from '../../log/query/list.ts';
import type { Json } from '../../record/record.ts';
import type { Target } from './rules.ts';

/** A stream or instrument that the page knows, and how it would be decided now, without overrides. */
export interface Entry {
  target: Target;
  config: Json | undefined;
  sampling: SamplingResult;
}

/** Everything that can be sampled in this page, instruments first, by name. */
export function entriesOf(context: ContextFact): Entry[] {
  const ids: Identifiers = { session: text(context.session), pageview: text(context.pageview) };
  const { instruments, streams } = context;
  return [
    ...names(instruments).map(name => ({
      target: { kind: 'instrument' as const, name },
      config: instruments?.[name],
      sampling: isInstrumentInSample(instruments?.[name], ids),
    })),
    ...(streams ? names(streams) : []).map(name => ({
      target: { kind: 'stream' as const, name },
      config: configOf(streams || {}, name),
      sampling: isStreamInSample(configOf(streams ?? {}, name), ids),
    })),
  ];
}

/** What can be asked of entries; paths lead into the config. */
export const ENTRY_FIELDS = fieldsOf<Entry>({
  named: {
    name: { of: ({ target }) => target.name },
    kind: { of: ({ target }) => target.kind, list: ['stream', 'instrument'] },
    unit: { of: ({ sampling }) => sampling.unit },
    rate: { of: ({ sampling }) => sampling.rate },
    value: { of: ({ sampling }) => sampling.value, number: true },
  },
  is: {
    in: ({ sampling }) => sampling.inSample === true,
    out: ({ sampling }) => sampling.inSample !== true,
  },
  body: entry => entry.config,
  words: ({ target, sampling }) => [target.name, target.kind, sampling.unit ?? ''],
});

function names(configs: unknown): string[] {
  return typeof configs === 'object' && configs !== null && !Array.isArray(configs) ? Object.keys(configs).sort() : [];
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
