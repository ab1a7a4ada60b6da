/** What ResourceLoader has already executed. Looks at `mw.loader.moduleRegistry` only; never loads or requires a module. */

import { own } from './natives.ts';

/** A package file's exports of a module that has run, by its file name; undefined where there is none. */
export const packageExport = (mw: unknown, module: string, file: string): unknown =>
  own(own(own(own(own(mw, 'loader'), 'moduleRegistry'), module), 'packageExports'), file);

/** A value of `mw.config`; undefined where it is not set. `mw.Map` keeps its `values` public: no function of the page runs. */
export const config = (mw: unknown, key: string): unknown => own(own(own(mw, 'config'), 'values'), key);
