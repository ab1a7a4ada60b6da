/** Reading JSON texts that come from a page. */

import type { Json } from '../record/record.ts';

/** Beyond this nesting a text is an attack on whoever writes or shows it: the hook itself stops at 64. */
const DEEPEST = 200;
/** In characters. The hook itself stops at some 300,000 for a value of the page; a request's body may be longer. */
const LONGEST = 16_000_000;

/** The value of a JSON text; undefined where it is none, or too long or too deep to be safe with. Never throws. */
export function parseJson(text: string): Json | undefined {
  if (text.length > LONGEST || (mayBeDeep(text) && isDeep(text))) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Few texts open as many brackets as would be needed, and a native search tells them apart from the rest. */
function mayBeDeep(text: string): boolean {
  let open = 0;
  for (const bracket of '[{') {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) if (++open > DEEPEST) return true;
  }
  return false;
}

function isDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (inString) {
      if (unit === BACKSLASH) i++;
      else if (unit === QUOTE) inString = false;
    } else if (unit === QUOTE) inString = true;
    else if (unit === BRACKET || unit === BRACE) {
      if (++depth > DEEPEST) return true;
    } else if (unit === BRACKET_END || unit === BRACE_END) depth--;
  }
  return false;
}

const [QUOTE, BACKSLASH, BRACKET, BRACKET_END, BRACE, BRACE_END] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];
