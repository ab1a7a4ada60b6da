/** For `validation.ts`, within the panel: the validator's own worker. */

import { createWorkerEngine } from '../../src/validation/engine-worker.ts';
import { timeValidation } from './validation-measure.ts';

export const timeInPanel = () => timeValidation(() => createWorkerEngine(() => new Worker('validator.js')));
