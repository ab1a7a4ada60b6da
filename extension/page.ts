/** The page's own world, at document_start, in every frame of a permitted host. */

import { startHook } from '../src/page/hook.ts';

startHook();
