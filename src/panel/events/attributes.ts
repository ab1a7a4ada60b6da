import { type Attribute, attributesOf } from '../../platform/contextual-attributes.ts';
import { at, type Json } from '../../platform/json.ts';
import { provideValuesOf } from '../../platform/stream-config.ts';
import type { ContextFact } from '../../record/facts.ts';
import type { Record } from '../../record/record.ts';

/** Calls that add no contextual attributes to the event. */
const WITHOUT = ['submit', 'logEvent', 'track', 'Schema#log'];

/**
 * What became of each contextual attribute that a call's stream, instrument or experiment asks for; null of a call that
 * adds none, and where the page's config of it is not known. The intake's own errors say what the schema refuses.
 */
export function attributesOfRecord(record: Record, context: ContextFact | null): Attribute[] | null {
  const { api, event, verdict } = record;
  const config = configOf(record, context);
  if (event === null || config === undefined || WITHOUT.includes(api)) return null;
  const own = at(config, 'contextual_attributes');
  const asked = [...(Array.isArray(own) ? own : []), ...provideValuesOf(config)].filter(
    name => typeof name === 'string',
  );
  const refused = new Map(verdict.errors.map(({ at, instancePath, message }) => [at ?? instancePath, message]));
  return attributesOf(asked, event, undefined).map(attribute => {
    const path = `/${attribute.name.replace('_', '/')}`;
    const message = [...refused].find(([at]) => at === path || at.startsWith(`${path}/`))?.[1];
    return { ...attribute, refused: message ?? null };
  });
}

function configOf(
  { instrument, experiment, redirectedFrom, stream }: Record,
  context: ContextFact | null,
): Json | undefined {
  const { instruments, experiments, streams } = context ?? {};
  if (instrument !== null) return at(instruments, instrument);
  if (experiment !== null) return at(experiments, experiment);
  const name = redirectedFrom ?? stream;
  return name === null ? undefined : at(streams || undefined, name);
}
