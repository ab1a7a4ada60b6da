/** The exposure log of Test Kitchen: whether an exposure was logged already (modules/ext.testKitchen/ExposureLogTracker.js). */

import { apply, dateNow, own, ownText, parse, quietly, setContains } from './natives.ts';
import type { ObjectFacts } from '../record/facts.ts';

const { getItem } = Storage.prototype;

/** The key of an experiment's exposure, and whether the client would hold it back now. Writes and removes nothing. */
export function exposureFacts(experiment: unknown): ObjectFacts['exposure'] {
  const config = own(experiment, 'config');
  const name = ownText(config, 'enrolled');
  if (name === undefined) return undefined;
  const version = own(experiment, 'exposureVersion');
  const key = `tk_exposure.${name}:${ownText(config, 'assigned') ?? ''}:${typeof version === 'string' ? version : 'v0'}`;
  const isLogged = () => setContains(own(own(experiment, 'tracker'), 'exposuresThisPage'), key);
  return { key, live: quietly(isLogged) || (quietly(() => isStored(key)) ?? false) };
}

/** The client keeps `{"expires_at":<milliseconds>,"count":<n>}`. */
function isStored(key: string): boolean {
  const text = apply(getItem, sessionStorage, [key]) as string | null;
  return text !== null && (own(parse(text), 'expires_at') as number) > dateNow();
}
