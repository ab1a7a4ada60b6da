/**
 * Every kind of rule, for each generation of clients that it acts on. Rules that do not hide each other share a page load:
 * first those that force single events, then those after which all of a document's events count as forced.
 */

import { expect } from 'vitest';
import type { DeliveryPolicy, Rule } from '../../../src/record/override.ts';
import type { Generation } from '../../wiki/generation.ts';

/** Out of sample at rate 0.5, just: 0.5000000001164153. */
export const OUT = '80000000c0ffee00c0ff';
/** In sample at any rate. */
export const IN = '00000000c0ffee00c0ff';

/** What becomes of calls: names of streams, instruments and experiments. */
export interface Fates {
  /** Events that stay in the page … */
  held: string[];
  /** … those that arrive at the wiki's intake … */
  received: string[];
  /** … those that arrive at the user's own … */
  elsewhere: string[];
  /** … and calls of which the client made none. */
  dropped: string[];
}

export interface Batch extends Fates {
  name: string;
  rules: Rule[];
  policy: DeliveryPolicy;
  /** Which calls the page makes, in the terms of the wiki's `first.js`. */
  query: string;
  /** What they answered. */
  answers: { [call: string]: unknown };
}

/** One kind of rule, the calls that show it, and what becomes of them. */
interface Part extends Partial<Fates> {
  only?: Generation[];
  rules: Rule[];
  submit?: string[];
  instruments?: string[];
  experiments?: string[];
  calls?: string[];
  more?: string;
  answers?: { [call: string]: unknown };
}

export const GENERATIONS: Generation[] = ['1.39', '1.45', 'newest', 'standalone'];
const MEDIAWIKI: Generation[] = ['1.39', '1.45', 'newest'];
const KITCHENS: Generation[] = ['1.45', 'newest'];

/** Of a population of which nobody is, the session is; of one of which all are, the pageview is not. */
const isAsRuled = (answers: { [api: string]: boolean }) =>
  Object.keys(answers).length > 0 &&
  Object.entries(answers).every(([api, inSample]) => inSample === (api === 'sessionInSample'));

const SINGLE: Part[] = [
  {
    only: MEDIAWIKI,
    rules: [
      { stream: 'wiki.rare', sample: 'in' },
      { stream: 'wiki.half', sample: 0.6 },
      { stream: 'wiki.every_pageview', sample: 'out' },
    ],
    submit: ['wiki.rare', 'wiki.page_visit', 'wiki.half', 'wiki.every_pageview'],
    held: ['wiki.rare', 'wiki.half'],
    received: ['wiki.page_visit'],
    dropped: ['wiki.every_pageview'],
  },
  {
    // a page without identifiers: no rate takes it
    only: ['standalone'],
    rules: [
      { stream: 'wiki.rare', sample: 'in' },
      { stream: 'wiki.half', sample: 0.6 },
      { stream: 'wiki.page_visit', sample: 'out' },
    ],
    submit: ['wiki.rare', 'wiki.page_visit', 'wiki.half', 'test.event'],
    held: ['wiki.rare'],
    received: ['test.event'],
    dropped: ['wiki.half', 'wiki.page_visit'],
  },
  {
    only: KITCHENS,
    rules: [
      { instrument: 'wiki-rare', sample: 'in' },
      { instrument: 'wiki-half', sample: 0.6 },
      { instrument: 'wiki-search', sample: 'out' },
    ],
    instruments: ['wiki-rare', 'wiki-every-pageview', 'wiki-half', 'wiki-search'],
    held: ['wiki-rare', 'wiki-half'],
    received: ['wiki-every-pageview'],
    dropped: ['wiki-search'],
  },
  { only: MEDIAWIKI, rules: [{ schema: 'Test', sample: 'in' }], calls: ['schema'], held: ['eventlogging_Test'] },
  {
    only: KITCHENS,
    rules: [{ experiment: 'wiki-nobody', group: 'treatment', as: 'mpo' }],
    experiments: ['wiki-nobody', 'wiki-editing'],
    answers: { experiments: ['treatment', 'control'] },
    received: ['wiki-editing'],
    dropped: ['wiki-nobody'],
  },
  { rules: [{ hasty: 'off' }] },
];

const WHOLE: Part[] = [
  {
    only: MEDIAWIKI,
    rules: [
      { population: 'session', sample: 'in' },
      { population: 'pageview', sample: 'out' },
      { session: IN },
      { pageview: `1${IN.slice(1)}` },
      { config: 'new.stream', value: { sample: { unit: 'pageview', rate: 0.1 } } },
    ],
    submit: ['new.stream', 'wiki.half'],
    calls: ['population', 'identifiers'],
    answers: {
      population: expect.toSatisfy(isAsRuled),
      identifiers: { session: IN, pageview: `1${IN.slice(1)}` },
    },
    held: ['new.stream', 'wiki.half'],
  },
  {
    only: ['standalone'],
    rules: [{ config: 'new.stream', value: {} }],
    submit: ['new.stream', 'wiki.page_visit'],
    held: ['new.stream', 'wiki.page_visit'],
  },
  {
    only: KITCHENS,
    rules: [
      { experiment: 'wiki-nobody', group: 'treatment', as: 'enrolled' },
      { experiment: 'wiki-welcome', group: null, as: 'enrolled' },
    ],
    experiments: ['wiki-nobody', 'wiki-welcome'],
    calls: ['assignments'],
    answers: {
      experiments: ['treatment', null],
      assignments: { 'wiki-editing': 'control', 'wiki-forgotten': 'treatment', 'wiki-nobody': 'treatment' },
    },
    held: ['wiki-nobody'],
    dropped: ['wiki-welcome'],
  },
  {
    only: ['newest'],
    rules: [{ exposures: 'clear' }],
    calls: ['exposure'],
    more: 'exposure=wiki-editing&logged=tk_exposure.wiki-editing:control:v0',
    held: ['wiki-editing'],
  },
];

const FORCED: Rule = { stream: 'wiki.rare', sample: 'in' };
const SENT = ['wiki.page_visit', 'wiki.rare'];
const sent = (fates: Partial<Fates>): Part => ({ rules: [FORCED], submit: SENT, ...fates });
const NO_COOKIES: Part = {
  only: ['newest'],
  rules: [{ cookies: 'off' }],
  experiments: ['wiki-editing'],
  calls: ['cookies'],
  answers: { cookies: false, experiments: ['control'] },
  dropped: ['wiki-editing'],
};

function batch(name: string, generation: Generation, policy: DeliveryPolicy, parts: Part[]): Batch {
  const mine = parts.filter(({ only }) => !only || only.includes(generation));
  const all = <T>(pick: (part: Part) => T[] | undefined) => mine.flatMap(part => pick(part) ?? []);
  const lists = { submit: all(part => part.submit), instruments: all(part => part.instruments) };
  const named = { ...lists, experiments: all(part => part.experiments) };
  const calls = [
    ...(named.submit.length ? ['streams'] : []),
    ...(named.instruments.length ? ['instruments'] : []),
    ...(named.experiments.length ? ['experiments'] : []),
    ...all(part => part.calls),
  ];
  const query = [
    ...Object.entries(named).flatMap(([key, names]) => (names.length ? [`${key}=${names.join()}`] : [])),
    ...all(part => (part.more === undefined ? [] : [part.more])),
    // the standalone client's page makes its calls itself
    ...(generation === 'standalone' ? [] : [`calls=${calls.join()}`]),
  ];
  return {
    name,
    policy,
    rules: all(part => part.rules),
    query: query.join('&'),
    answers: Object.assign({}, ...mine.map(({ answers }) => answers)) as { [call: string]: unknown },
    held: all(part => part.held).sort(),
    received: all(part => part.received).sort(),
    elsewhere: all(part => part.elsewhere).sort(),
    dropped: all(part => part.dropped).sort(),
  };
}

/** The page loads in which every rule that acts on this generation shows itself, and every delivery policy. */
export const batchesOf = (generation: Generation): Batch[] => [
  batch('single events', generation, 'hold-forced', SINGLE),
  batch('whole documents', generation, 'hold-forced', WHOLE),
  batch('hold-all', generation, 'hold-all', [sent({ held: SENT }), NO_COOKIES]),
  batch('deliver', generation, 'deliver', [sent({ received: SENT })]),
  batch('redirect', generation, 'redirect', [sent({ elsewhere: SENT })]),
];
