/** One page load as the log keeps it: what others see of it, and what joins its facts. */

import type { CallFact, ContextFact, Envelope, PageFact } from '../record/facts.ts';
import type { Json } from '../record/record.ts';
import type { Deliveries, Post } from './deliver.ts';
import { createSequence, type Sequence } from './sequence.ts';
import type { PageLoad } from './types.ts';

export interface Load {
  readonly page: PageLoad;
  readonly sequence: Sequence;
  readonly deliveries: Deliveries;
  /** What its records carry: one object for all records of one URL. */
  place: { load: string; url: string };
  /** Calls that are known only by the fact that completes them, by the seq of the call itself. */
  readonly orphans: Map<number, Post>;
  /** The calls whose events are reconstructed, by the record's index: what the page tells later completes them. */
  readonly reconstructed: Map<number, CallFact>;
  /** Indexes of records without a session or pageview id, which this page load may still learn. */
  readonly unidentified: Set<number>;
  /** When its newest fact was noted: milliseconds since the epoch. */
  latest: number;
  /** How many requests it has that only the network layer saw. */
  unseen: number;
  /** Another document has taken its place in the frame: what has not come by now does not come. */
  closed: boolean;
}

export function createLoad(envelope: Envelope, deliveries: Deliveries): Load {
  const { load, frame, url } = envelope;
  const sequence = createSequence(load);
  return {
    page: {
      load,
      frame,
      url,
      began: 0,
      ended: null,
      session: null,
      pageview: null,
      context: null,
      records: 0,
      size: 0,
      holes: sequence.holes,
      acknowledged: 0,
    },
    sequence,
    deliveries,
    place: { load, url },
    orphans: new Map(),
    reconstructed: new Map(),
    unidentified: new Set(),
    latest: 0,
    unseen: 0,
    closed: false,
  };
}

/** What all pages of a wiki know alike, and is large. */
const ALIKE = ['streams', 'instruments', 'experiments'] as const;

/** Has page loads that know the same share it: a log outlives thousands of them. */
export function createSharing(): (fact: ContextFact) => void {
  const last = new Map<string, { text: string; value: Json }>();
  return fact => {
    for (const name of ALIKE) {
      const value = fact[name];
      const text = JSON.stringify(value);
      if (text === undefined) continue;
      const known = last.get(name);
      if (known?.text === text) Object.assign(fact, { [name]: known.value });
      else last.set(name, { text, value: value ?? null });
    }
  };
}

/**
 * What the page knows, as the newest context says.
 * @returns whether it is news for events that were reconstructed before
 */
export function learn({ page }: Load, fact: ContextFact): boolean {
  if (page.context && page.context.seq > fact.seq) return false;
  const before = knownOf(page);
  page.context = fact;
  page.session = fact.session ?? page.session;
  page.pageview = fact.pageview ?? page.pageview;
  return knownOf(page) !== before;
}

/** What of the page goes into reconstructed events. */
function knownOf({ context, session, pageview }: PageLoad): string {
  const { wiki, skin, streams, instruments, experiments } = context ?? {};
  return JSON.stringify([wiki, skin, streams, instruments, experiments, session, pageview]);
}

/** The document's life. A URL that the page names counts only within the origin that the extension knows it has. */
export function live(load: Load, fact: PageFact): void {
  const { page } = load;
  switch (fact.what) {
    case 'begin':
      page.began = fact.at;
      break;
    case 'hide':
      page.ended = fact.at;
      break;
    case 'show':
      page.ended = null;
      load.closed = false;
      break;
    case 'url':
      if (originOf(fact.url) !== originOf(page.url) || fact.url === page.url) return;
      page.url = fact.url;
      load.place = { load: page.load, url: fact.url };
  }
}

function originOf(url: string): string | null {
  try {
    return new URL(url).origin;
  } catch {
    return null;
  }
}
