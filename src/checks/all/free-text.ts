import { type Check } from '../types.ts';

const LONGEST = 200;
/** Words with spaces: not a URL, a token, a list of codes. */
const WORDS = /\p{L}{2,}\s+\p{L}{2,}\s+\p{L}{2,}/u;
const AGENT = /^Mozilla\/\d/;

export const freeText: Check = {
  name: 'free-text',
  severity: 'warning',
  what: `The event has a text of over ${LONGEST} characters.`,
  why: 'What people write may say anything about them, and nobody can promise that it does not.',
  source: 'wikitech, Event Platform/Schemas/Guidelines (maxLength); Legal:Data_retention_guidelines',
  look({ leaves }) {
    return leaves.flatMap(({ path, value }) =>
      typeof value === 'string' && value.length > LONGEST && WORDS.test(value.slice(0, 2_000)) && !AGENT.test(value)
        ? [{ message: `It is a text of ${value.length} characters`, path }]
        : [],
    );
  },
};
