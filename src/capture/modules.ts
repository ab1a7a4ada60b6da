/** What ResourceLoader has already executed. Looks at `mw.loader.moduleRegistry` only; never loads or requires a module. */

import { own, quietly } from './natives.ts';

/** A package file's exports of a module that has run, by its file name; undefined where there is none. */
export const packageExport = (mw: object, module: string, file: string): unknown =>
  own(own(own(own(own(mw, 'loader'), 'moduleRegistry'), module), 'packageExports'), file);

/** A value of `mw.config`; undefined where it is not set. */
export const config = (mw: object, key: string): unknown =>
  quietly(() => {
    const map = own(mw, 'config');
    // mw.Map keeps `values` public: the same look-up as `get`, without running a function of the page
    const values = own(map, 'values');
    return values ? own(values, key) : (map as { get(key: string): unknown }).get(key);
  });
