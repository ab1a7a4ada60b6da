/** The text of a schema, as repositories hold it: YAML, of which JSON is a part. */

import { Composer, isMap, LineCounter, Parser, visit, type CST, type Document } from 'yaml';
import type { Json, JsonObject } from '../record/record.ts';

/** Schemas in use are 20 deep. */
const MOST_DEPTH = 200;

/**
 * Whether more collections are nested in it than are read. The parser of characters is iterative, the composer of
 * documents recursive, and where V8 runs out of stack inside it, it may end the whole process.
 */
function isTooDeep(token: CST.Token): boolean {
  const open: { token: CST.Token | null | undefined; depth: number }[] = [{ token, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { token: current, depth } = next;
    if (depth > MOST_DEPTH) return true;
    if (!current) continue;
    if (current.type === 'document') open.push({ token: current.value, depth });
    else if ('items' in current) {
      for (const { key, value } of current.items) {
        open.push({ token: key, depth: depth + 1 }, { token: value, depth: depth + 1 });
      }
    }
  }
  return false;
}

/** The parser's own check compares each key with all others, which a hostile file makes slow. */
function firstRepeatedKey(document: Document): string | null {
  let repeated: string | null = null;
  visit(document, {
    Map(_, map) {
      const keys = new Set<string>();
      for (const { key } of map.items) {
        const name = String(key);
        if (keys.has(name)) {
          repeated = name;
          return visit.BREAK;
        }
        keys.add(name);
      }
      return undefined;
    },
  });
  return repeated;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseYaml(text: string): Json {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  if (tokens.some(isTooDeep)) throw new Error(`it is nested more than ${MOST_DEPTH} deep`);
  const [document, another] = new Composer({ uniqueKeys: false, merge: true }).compose(tokens, true, text.length);
  if (!document || another) throw new Error('it is not one document');
  const [error] = document.errors;
  if (error) throw new Error(`${error.message} (line ${lines.linePos(error.pos[0]).line})`);
  if (!isMap(document.contents)) throw new Error('it is not an object at its top');
  const repeated = firstRepeatedKey(document);
  if (repeated !== null) throw new Error(`the key "${repeated}" is there twice in one object`);
  // Through JSON text: an alias may make a circle or a tree too deep, and both must fail here and not later.
  return JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 100 })));
}

/** Reads a schema. Throws an Error that says what is wrong with the text. */
export function parseSchema(text: string): JsonObject {
  const value = parseJson(text) ?? parseYaml(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('it is not an object at its top');
  }
  return value;
}
