import { isIdentifier } from '../../platform/identifiers.ts';
import { textAt } from '../../platform/json.ts';
import { platformOf } from '../identifiers.ts';
import { type Check } from '../types.ts';

const UUID = /^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i;

export const identifierFormat: Check = {
  name: 'identifier-format',
  severity: 'warning',
  what: 'A session or pageview id has not the form that its platform gives it.',
  why: 'It is no identifier of the platform, so that sampling by it and joining by it go wrong.',
  source:
    'mediawiki resources/src/mediawiki.user.js (generateRandomSessionId); mediawiki-libs-metrics-platform java, swift (SessionController)',
  look({ event }) {
    const platform = platformOf(event);
    return ['session_id', 'pageview_id'].flatMap(key => {
      const id = textAt(event, 'performer', key);
      if (id === null || platform === null || !/^(?:mediawiki_js|android|ios)$/.test(platform)) return [];
      if (platform === 'ios' ? UUID.test(id) : isIdentifier(id)) return [];
      const form = platform === 'ios' ? 'a UUID' : '20 lower-case hex digits';
      return [{ message: `On ${platform} it is ${form}`, path: `/performer/${key}` }];
    });
  },
};
