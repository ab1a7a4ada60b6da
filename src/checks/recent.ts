export interface Recent<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}

/**
 * A map that remembers the newest `most` keys, and up to as many older ones. To delete the oldest of a `Map` one by one
 * is dear: an engine goes through the places of all that were deleted before.
 */
export function createRecent<Value>(most: number): Recent<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  return {
    get: key => young.get(key) ?? old.get(key),
    set(key, value) {
      young.set(key, value);
      if (young.size < most) return;
      old = young;
      young = new Map();
    },
  };
}
