/** The text of a schema, as repositories hold it: YAML, of which JSON is a part. */

import { isMap, parseDocument, visit } from 'yaml';
import type { Json, JsonObject } from '../record/record.ts';

/** The parser's own check compares each key with all others, which a hostile file makes slow. */
function firstRepeatedKey(document: ReturnType<typeof parseDocument>): string | null {
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
  const document = parseDocument(text, { uniqueKeys: false, merge: true, logLevel: 'silent' });
  const [error] = document.errors;
  if (error) throw new Error(error.message);
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
