/**
 * The elements of arrays in a JSON text that comes in pieces: found by their brackets, each parsed by itself. So a
 * file of any size is read in one pass, and an element that is broken costs only itself.
 */

export interface Element {
  /** Which of the paths it was found under. */
  path: string;
  text: string;
  /** Line of the file on which it begins, from 1. */
  line: number;
}

export interface Elements {
  /** Takes the next piece of the text; answers the elements that are complete by now. */
  push(text: string): Element[];
  /** Whether the text ended where it should. */
  isComplete(): boolean;
  readonly line: number;
}

const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_MAP, CLOSE_MAP, COMMA, COLON, LINE] = [34, 92, 91, 93, 123, 125, 44, 58, 10];
const isSpace = (unit: number) => unit === 32 || unit === 9 || unit === 13 || unit === LINE;
/** A longer element is no event. */
const LONGEST = 64_000_000;

interface Level {
  isMap: boolean;
  /** In a map: the name of the value under way. */
  name: string;
}

/** @param paths names of maps on the way to an array, joined by dots; '' is an array that is the whole text */
export function createElements(paths: readonly string[]): Elements {
  const levels: Level[] = [];
  let inString = false;
  let escaped = false;
  let line = 1;
  /** The name of a map's next value, or what may be one. */
  let word = '';
  let expectsName = false;
  /** The element under way: its text so far, its level and line. */
  let element: { path: string; parts: string[]; depth: number; line: number; size: number } | null = null;
  let began = false;
  let finished = false;

  const pathHere = () =>
    levels
      .slice(0, -1)
      .map(level => level.name)
      .join('.');
  const targetHere = (): string | null => {
    if (element || levels.at(-1)?.isMap !== false) return null;
    const path = pathHere();
    return paths.includes(path) ? path : null;
  };

  function push(text: string): Element[] {
    const found: Element[] = [];
    let from = 0;
    let wordFrom = -1;
    const finish = (to: number) => {
      if (!element) return;
      if (element.size <= LONGEST)
        found.push({ path: element.path, text: element.parts.join('') + text.slice(from, to), line: element.line });
      element = null;
    };

    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (inString) {
        if (escaped) escaped = false;
        else if (unit === BACKSLASH) escaped = true;
        else if (unit === QUOTE) {
          inString = false;
          if (expectsName && !element) word += text.slice(Math.max(wordFrom, 0), at);
        } else if (unit === LINE) line++;
        continue;
      }
      if (unit === LINE) line++;
      if (isSpace(unit)) continue;
      began = true;
      const path = unit === COMMA || unit === CLOSE ? null : targetHere();
      if (path !== null) {
        element = { path, parts: [], depth: levels.length, line, size: 0 };
        from = at;
      }
      if (unit === QUOTE) {
        inString = true;
        word = '';
        wordFrom = at + 1;
      } else if (unit === OPEN || unit === OPEN_MAP) {
        levels.push({ isMap: unit === OPEN_MAP, name: '' });
        expectsName = unit === OPEN_MAP;
      } else if (unit === CLOSE || unit === CLOSE_MAP) {
        if (element && levels.length === element.depth) finish(at);
        levels.pop();
        expectsName = false;
        if (element && levels.length === element.depth) finish(at + 1);
        if (levels.length === 0) finished = true;
      } else if (unit === COMMA) {
        if (element && levels.length === element.depth) finish(at);
        expectsName = levels.at(-1)?.isMap ?? false;
      } else if (unit === COLON && expectsName) {
        const level = levels.at(-1);
        if (level) level.name = word;
        expectsName = false;
      }
    }
    if (element) {
      element.size += text.length - from;
      if (element.size <= LONGEST) element.parts.push(text.slice(from));
    } else if (inString && expectsName) word += text.slice(Math.max(wordFrom, 0));
    return found;
  }

  return {
    push,
    isComplete: () => began && finished && levels.length === 0,
    get line() {
      return line;
    },
  };
}
