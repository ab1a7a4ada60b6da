/** What ResourceLoader has already executed. Looks at `mw.loader.moduleRegistry` only; never loads or requires a module. */

import { apply, own } from './natives.ts';

/** A package file's exports of a module that has run, by its file name; undefined where there is none. */
export const packageExport = (mw: object, module: string, file: string): unknown =>
  own(own(own(own(own(mw, 'loader'), 'moduleRegistry'), module), 'packageExports'), file);

/** A value of `mw.config`; undefined where it is not set. */
export function config(mw: object, key: string): unknown {
  try {
    const map = own(mw, 'config');
    // mw.Map keeps `values` public: the same look-up as `get`, without running a function of the page
    const values = own(map, 'values');
    if (values) return own(values, key);
    const get = (map as { get?: (key: string) => unknown }).get;
    return get ? apply(get, map, [key]) : undefined;
  } catch {
    return undefined;
  }
}
