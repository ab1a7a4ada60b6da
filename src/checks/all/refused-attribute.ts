import { at } from '../../platform/json.ts';
import { isAttribute, placeOf, requestedOf } from '../attributes.ts';
import { NOTHING, type Check } from '../types.ts';

export const refusedAttribute: Check = {
  name: 'refused-attribute',
  severity: 'error',
  what: 'A contextual attribute was asked for that the schema has no place for.',
  why: 'Every event that has a value for it is refused by the intake.',
  source: 'wikitech, Event Platform/Schemas/Guidelines (additionalProperties: false)',
  look(subject) {
    const { schema } = subject;
    const requested = schema && requestedOf(subject);
    if (!schema || !requested) return NOTHING;
    return requested.flatMap(name => {
      if (!isAttribute(name)) return [];
      const [group, key] = placeOf(name);
      const inner = at(at(schema, 'properties'), group);
      const closed = inner === undefined ? schema : inner;
      const has = inner !== undefined && at(at(inner, 'properties'), key) !== undefined;
      if (has || at(closed, 'additionalProperties') !== false) return [];
      return [
        { message: `${name} was asked for and ${subject.title} has no ${group}.${key}`, path: `/${group}/${key}` },
      ];
    });
  },
};
