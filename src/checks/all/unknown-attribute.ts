import { provideValuesOf } from '../../platform/stream-config.ts';
import { isAttribute } from '../attributes.ts';
import { NOTHING, type Check } from '../types.ts';

export const unknownAttribute: Check = {
  name: 'unknown-attribute',
  severity: 'warning',
  what: 'A stream config asks for a contextual attribute that no client knows.',
  why: 'Clients pass over the name without a word, so that the attribute never comes.',
  source: 'mediawiki-libs-metrics-platform js/src/Context.js (VALID_ATTRIBUTE_NAMES)',
  memory: 'page-load',
  begin() {
    const seen = new Set<string>();
    return ({ record: { stream }, config }) => {
      if (!config || stream === null || seen.has(stream)) return NOTHING;
      seen.add(stream);
      const unknown = provideValuesOf(config).filter(name => !isAttribute(name));
      return unknown.map(name => ({
        message: `The config of ${stream} asks for ${name.slice(0, 100)}, which is no contextual attribute`,
        path: null,
      }));
    };
  },
};
