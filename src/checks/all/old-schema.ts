import { compareVersions, versionOf } from '../../validation/versions.ts';
import { NOTHING, type Check } from '../types.ts';

export const oldSchema: Check = {
  name: 'old-schema',
  severity: 'info',
  what: 'The event uses a version of its schema that is not the newest.',
  why: 'Newer versions add fields and mend mistakes; a new instrument should begin with the newest.',
  source: 'wikitech, Event Platform/Schemas/Guidelines (versioning)',
  look({ uri, newest }) {
    const version = versionOf(uri);
    if (newest === null || compareVersions(version, newest) >= 0) return NOTHING;
    return [{ message: `The schema is ${version}, the newest is ${newest}`, path: '/$schema' }];
  },
};
