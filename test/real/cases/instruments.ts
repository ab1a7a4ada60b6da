/** `mw.testKitchen.getInstrument` and what it answers. */

import { answered, dropped, sent, type Expected, type Target } from '../../wiki/expected.ts';
import { HALF_IN, STREAM, WEB_BASE_2, type Case } from '../case.ts';

/** A question for an instrument, and what its `send` comes to. */
function instruments(
  name: string,
  instrument: string,
  inSample: boolean,
  send: Expected,
  more: Partial<Case> = {},
): Case {
  return {
    name: `instrument: ${name}`,
    call: `mw.testKitchen.getInstrument('${instrument}').send('click');`,
    expected: [answered({ api: 'getInstrument', instrument, answer: { inSample } }), send],
    arrive: send.state === 'accepted' ? 1 : 0,
    ...more,
  };
}

const fromInstrument = (instrument: string, more: Partial<Target> = {}): Target => ({
  api: 'send',
  instrument,
  action: 'click',
  ...more,
});

export const INSTRUMENT: Case[] = [
  instruments(
    'in sample',
    'wiki-search',
    true,
    sent(fromInstrument('wiki-search', { stream: STREAM, schema: WEB_BASE_2 })),
  ),
  instruments('in sample by pageview', 'wiki-every-pageview', true, sent(fromInstrument('wiki-every-pageview'))),
  instruments('without a sample', 'wiki-unsampled', true, sent(fromInstrument('wiki-unsampled'))),
  instruments(
    'out of sample',
    'wiki-rare',
    false,
    dropped('out-of-sample', fromInstrument('wiki-rare', { sampling: { unit: 'session', inSample: false } })),
  ),
  instruments(
    'out of sample by a hair',
    'wiki-half',
    false,
    dropped(
      'out-of-sample',
      fromInstrument('wiki-half', { sampling: { rate: 0.5, value: 0.5000000001164153, inSample: false } }),
    ),
  ),
  instruments('in sample by a hair', 'wiki-half', true, sent(fromInstrument('wiki-half')), { session: HALF_IN }),
  instruments(
    'rate 0, which here is no error',
    'wiki-off',
    false,
    dropped('out-of-sample', fromInstrument('wiki-off')),
  ),
  instruments('sampled by device', 'wiki-app-only', false, dropped('unknown-unit', fromInstrument('wiki-app-only'))),
  instruments(
    'unknown',
    'wiki-nobody-knows',
    false,
    dropped('unknown-instrument', fromInstrument('wiki-nobody-knows')),
  ),
  instruments(
    'submitInteraction',
    'wiki-search',
    true,
    sent(fromInstrument('wiki-search', { api: 'submitInteraction' })),
    { call: `mw.tk.getInstrument('wiki-search').submitInteraction('click', { element_id: 'x' });` },
  ),
  instruments(
    'submitInteraction, out of sample',
    'wiki-rare',
    false,
    dropped('out-of-sample', fromInstrument('wiki-rare', { api: 'submitInteraction' })),
    { call: `mw.testKitchen.getInstrument('wiki-rare').submitInteraction('click');` },
  ),
  instruments(
    'with a schema that nobody has',
    'wiki-search',
    true,
    sent(
      fromInstrument('wiki-search', { schema: '/analytics/product_metrics/web/base/9.9.9', verdict: 'unknown-schema' }),
    ),
    {
      call: `mw.testKitchen.getInstrument('wiki-search').setSchema('/analytics/product_metrics/web/base/9.9.9').send('click');`,
    },
  ),
  instruments(
    'without an action',
    'wiki-search',
    true,
    sent({ api: 'send', instrument: 'wiki-search', verdict: 'invalid' }),
    {
      call: `mw.testKitchen.getInstrument('wiki-search').send();`,
    },
  ),
  instruments('data does not replace the action', 'wiki-search', true, sent(fromInstrument('wiki-search')), {
    call: `mw.testKitchen.getInstrument('wiki-search').send('click', { action: 'hover' }, ['page_id', 'no_such']);`,
  }),
  {
    name: 'instrument: one, three times',
    call: `const one = mw.testKitchen.getInstrument('wiki-search'); one.send('click'); one.send('click'); one.send('click');`,
    expected: [
      answered({ api: 'getInstrument', instrument: 'wiki-search' }),
      ...Array.from({ length: 3 }, () => sent(fromInstrument('wiki-search'))),
    ],
    arrive: 3,
  },
  instruments('answered after validation', 'wiki-search', true, sent(fromInstrument('wiki-search', { status: 201 })), {
    query: 'hasty=0',
  }),
  instruments(
    'with cookies disabled, which only experiments mind',
    'wiki-search',
    true,
    sent(fromInstrument('wiki-search')),
    {
      query: 'cookies=0',
    },
  ),
  instruments('used by an instrumentation', 'wiki-search', true, sent(fromInstrument('wiki-search')), {
    call: `mw.testKitchen.getInstrument('wiki-search').use(one => one.send('click')).isInSample();`,
  }),
];
