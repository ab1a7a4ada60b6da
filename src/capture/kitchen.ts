/** A client of experiments and instruments, and what is read of its objects and package files. */

import type { Client } from '../record/lists.ts';
import { packageExport } from './modules.ts';
import { own, ownText } from './natives.ts';
import type { Policy } from './policy.ts';
import type { AnyFunction } from './wrap.ts';

/** One client of experiments and instruments. */
export interface Kitchen {
  mw: object;
  /** The page's object, such as `mw.testKitchen`. */
  client: object;
  name: Client;
  /** Its ResourceLoader module. */
  module: string;
  /** The key of `mw.config` under which the server says who is enrolled. */
  variable: string;
  policy: Policy;
  /** Answers for experiments at once, not by a promise. */
  isSync?: boolean;
  /** `getExperiment` that answers at once: the original, where it is the client's first or its `compat`. */
  getNow?: AnyFunction;
  /** The enrollments in the response's header (`name=group;`), for a client that reads it. */
  enrolled?: string;
}

export type Kind = 'instrument' | 'experiment';

export const fileOf = ({ mw, module }: Kitchen, file: string): unknown => packageExport(mw, module, file);

/** The configuration of one instrument or experiment; undefined where the client has none. */
export const entryOf = (kitchen: Kitchen, kind: Kind, name: unknown): unknown =>
  own(own(fileOf(kitchen, 'config.json'), `${kind}Configs`), name as string);

/** Of an experiment's object. */
export const nameOf = (object: unknown): string | undefined =>
  ownText(own(object, 'config'), 'enrolled') ?? ownText(object, 'name');

export const groupOf = (object: unknown): string | null =>
  ownText(own(object, 'config'), 'assigned') ?? ownText(object, 'assigned') ?? ownText(object, 'assignedGroup') ?? null;
