/** The exposure log of Test Kitchen: whether an exposure was logged already (modules/ext.testKitchen/ExposureLogTracker.js). */

import { apply, dateNow, own, ownText, parse, setContains } from './natives.ts';
import type { ObjectFacts } from '../record/facts.ts';

const getItem = Storage.prototype.getItem;

/** The key of an experiment's exposure, and whether the client would hold it back now. Writes and removes nothing. */
export function exposureFacts(experiment: unknown): ObjectFacts['exposure'] {
  const config = own(experiment, 'config');
  const name = ownText(config, 'enrolled');
  if (name === undefined) return undefined;
  const version = own(experiment, 'exposureVersion');
  const key = `tk_exposure.${name}:${ownText(config, 'assigned') ?? ''}:${typeof version === 'string' ? version : 'v0'}`;
  return { key, live: setContains(own(own(experiment, 'tracker'), 'exposuresThisPage'), key) || isStored(key) };
}

function isStored(key: string): boolean {
  try {
    const text = apply(getItem, sessionStorage, [key]) as string | null;
    const expires = text === null ? undefined : own(parse(text), 'expires_at');
    return typeof expires === 'number' && expires > dateNow();
  } catch {
    return false;
  }
}
