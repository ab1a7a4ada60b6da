/** `mw.testKitchen.getExperiment`, its compat twin, and what they answer. */

import { answered, dropped, sent, type Expected, type Target } from '../../wiki/expected.ts';
import { STREAM, WEB_BASE_2, type Case } from '../case.ts';

/** A question for an experiment, and what its methods come to. */
function experiments(
  name: string,
  experiment: string,
  group: string | null,
  then: Expected[],
  more: Partial<Case> = {},
): Case {
  return {
    name: `experiment: ${name}`,
    call: `(await mw.testKitchen.getExperiment('${experiment}')).send('click');`,
    expected: [answered({ api: 'getExperiment', experiment, answer: { group } }), ...then],
    arrive: then.filter(({ state }) => state === 'accepted').length,
    ...more,
  };
}

function compat(name: string, experiment: string, group: string | null, then: Expected): Case {
  return experiments(name, experiment, group, [then], {
    call: `mw.testKitchen.compat.getExperiment('${experiment}').send('click');`,
    expected: [answered({ api: 'compat.getExperiment', experiment, answer: { group } }), then],
    query: 'mpo=wiki-palette:blue',
  });
}

const fromExperiment = (experiment: string, more: Partial<Target> = {}): Target => ({
  api: 'send',
  experiment,
  action: 'click',
  ...more,
});
const exposure = (experiment: string): Target =>
  fromExperiment(experiment, { api: 'sendExposure', action: 'experiment_exposure' });
const EXPOSE = (experiment: string): string => `(await mw.testKitchen.getExperiment('${experiment}')).sendExposure();`;

export const EXPERIMENT: Case[] = [
  experiments('enrolled', 'wiki-welcome', 'treatment', [
    sent(fromExperiment('wiki-welcome', { stream: STREAM, schema: WEB_BASE_2 })),
  ]),
  experiments('enrolled by account', 'wiki-editing', 'control', [sent(fromExperiment('wiki-editing'))]),
  experiments('enrolled in the header only', 'wiki-from-header', 'control', [sent(fromExperiment('wiki-from-header'))]),
  compat('compat, enrolled', 'wiki-welcome', 'treatment', sent(fromExperiment('wiki-welcome'))),
  compat(
    'compat, enrolled in the header only',
    'wiki-from-header',
    null,
    dropped('not-visible-to-compat', fromExperiment('wiki-from-header')),
  ),
  compat(
    'compat, overridden',
    'wiki-palette',
    'blue',
    dropped('enrollment-overridden', fromExperiment('wiki-palette')),
  ),
  compat('compat, not enrolled', 'wiki-nobody', null, dropped('not-enrolled', fromExperiment('wiki-nobody'))),
  experiments('not enrolled', 'wiki-nobody', null, [dropped('not-enrolled', fromExperiment('wiki-nobody'))]),
  experiments('enrolled, but not configured', 'wiki-forgotten', null, [
    dropped('experiment-not-configured', fromExperiment('wiki-forgotten')),
  ]),
  experiments(
    'overridden',
    'wiki-palette',
    'blue',
    [dropped('enrollment-overridden', fromExperiment('wiki-palette'))],
    {
      query: 'mpo=wiki-palette:blue',
    },
  ),
  experiments(
    'overridden over an enrollment',
    'wiki-welcome',
    'control',
    [dropped('enrollment-overridden', fromExperiment('wiki-welcome'))],
    {
      query: 'mpo=wiki-welcome:control;wiki-palette:blue',
    },
  ),
  experiments(
    'overridden by what cannot be read',
    'wiki-palette',
    null,
    [dropped('not-enrolled', fromExperiment('wiki-palette'))],
    {
      query: 'mpo=wiki-palette:blue:red',
    },
  ),
  experiments(
    'cookies disabled',
    'wiki-welcome',
    'treatment',
    [dropped('cookies-disabled', fromExperiment('wiki-welcome'))],
    {
      query: 'cookies=0',
    },
  ),
  experiments(
    'submitInteraction',
    'wiki-welcome',
    'treatment',
    [sent(fromExperiment('wiki-welcome', { api: 'submitInteraction' }))],
    {
      call: `(await mw.testKitchen.getExperiment('wiki-welcome')).submitInteraction('click');`,
    },
  ),
  experiments('exposure', 'wiki-welcome', 'treatment', [sent(exposure('wiki-welcome'))], {
    call: EXPOSE('wiki-welcome'),
    alone: true,
  }),
  experiments(
    'exposure, twice',
    'wiki-welcome',
    'treatment',
    [sent(exposure('wiki-welcome')), dropped('exposure-already-sent', exposure('wiki-welcome'))],
    {
      call: `const one = await mw.testKitchen.getExperiment('wiki-welcome'); one.sendExposure(); one.sendExposure();`,
      alone: true,
    },
  ),
  experiments(
    'exposure, sent in this tab before',
    'wiki-welcome',
    'treatment',
    [dropped('exposure-already-sent', exposure('wiki-welcome'))],
    {
      call: `sessionStorage.setItem('tk_exposure.wiki-welcome:treatment:0123456789abcdef',
      JSON.stringify({ expires_at: Date.now() + 60000, count: 1 }));
      ${EXPOSE('wiki-welcome')}`,
      alone: true,
    },
  ),
  experiments(
    'exposure, sent in this tab before but long ago',
    'wiki-welcome',
    'treatment',
    [sent(exposure('wiki-welcome'))],
    {
      call: `sessionStorage.setItem('tk_exposure.wiki-welcome:treatment:0123456789abcdef',
      JSON.stringify({ expires_at: Date.now() - 1, count: 1 }));
      ${EXPOSE('wiki-welcome')}`,
      alone: true,
    },
  ),
  experiments('exposure, not enrolled', 'wiki-nobody', null, [dropped('not-enrolled', exposure('wiki-nobody'))], {
    call: EXPOSE('wiki-nobody'),
  }),
  experiments(
    'exposure, overridden',
    'wiki-palette',
    'blue',
    [dropped('enrollment-overridden', exposure('wiki-palette'))],
    {
      query: 'mpo=wiki-palette:blue',
      call: EXPOSE('wiki-palette'),
    },
  ),
  experiments(
    'exposure, cookies disabled',
    'wiki-welcome',
    'treatment',
    [dropped('cookies-disabled', exposure('wiki-welcome'))],
    {
      query: 'cookies=0',
      call: EXPOSE('wiki-welcome'),
    },
  ),
  {
    name: 'experiment: by prefix',
    call: `for (const one of await mw.testKitchen.getExperimentsByPrefix('wiki-w')) one.send('click');`,
    expected: [
      answered({ api: 'getExperimentsByPrefix', answer: { 'wiki-welcome': 'treatment' } }),
      sent(fromExperiment('wiki-welcome')),
    ],
    arrive: 1,
  },
  {
    name: 'experiment: by prefix, one not configured and one in the header',
    call: `for (const one of await mw.testKitchen.getExperimentsByPrefix('wiki-f')) one.send('click');`,
    expected: [
      answered({
        api: 'getExperimentsByPrefix',
        answer: { 'wiki-forgotten': null, 'wiki-from-header': 'control' },
      }),
      dropped('experiment-not-configured', fromExperiment('wiki-forgotten')),
      sent(fromExperiment('wiki-from-header')),
    ],
    arrive: 1,
  },
  {
    name: 'experiment: by prefix, overridden',
    call: `for (const one of await mw.testKitchen.getExperimentsByPrefix('wiki-p')) one.sendExposure();`,
    query: 'mpo=wiki-palette:blue',
    expected: [
      answered({ api: 'getExperimentsByPrefix', answer: { 'wiki-palette': 'blue' } }),
      dropped('enrollment-overridden', exposure('wiki-palette')),
    ],
    arrive: 0,
  },
  {
    name: 'experiment: by prefix, none',
    call: `await mw.testKitchen.getExperimentsByPrefix('nobody-');`,
    expected: [answered({ api: 'getExperimentsByPrefix', answer: {} })],
    arrive: 0,
  },
  {
    name: 'experiment: by prefix, compat',
    call: `for (const one of mw.testKitchen.compat.getExperimentsByPrefix('wiki-')) one.submitInteraction('click');`,
    expected: [
      answered({
        api: 'compat.getExperimentsByPrefix',
        answer: { 'wiki-welcome': 'treatment', 'wiki-editing': 'control', 'wiki-forgotten': null },
      }),
      sent(fromExperiment('wiki-welcome', { api: 'submitInteraction' })),
      sent(fromExperiment('wiki-editing', { api: 'submitInteraction' })),
      dropped('experiment-not-configured', fromExperiment('wiki-forgotten', { api: 'submitInteraction' })),
    ],
    arrive: 2,
  },
  {
    name: 'experiment: assignments',
    call: `mw.testKitchen.getAssignments();`,
    expected: [
      answered({
        api: 'getAssignments',
        answer: { 'wiki-welcome': 'treatment', 'wiki-editing': 'control', 'wiki-forgotten': 'treatment' },
      }),
    ],
    arrive: 0,
  },
  experiments('used by an instrumentation', 'wiki-welcome', 'treatment', [sent(fromExperiment('wiki-welcome'))], {
    call: `(await mw.testKitchen.getExperiment('wiki-welcome')).use(one => one.send('click')).isAssignedGroup('control');`,
  }),
  experiments('used by an instrumentation, not enrolled', 'wiki-nobody', null, [], {
    call: `(await mw.testKitchen.getExperiment('wiki-nobody')).use(one => one.send('click'));`,
  }),
  experiments(
    'two of one name, exposed in one page',
    'wiki-welcome',
    'treatment',
    [
      sent(exposure('wiki-welcome')),
      answered({ api: 'getExperiment', experiment: 'wiki-welcome', answer: { group: 'treatment' } }),
      dropped('exposure-already-sent', exposure('wiki-welcome')),
    ],
    { call: `${EXPOSE('wiki-welcome')} ${EXPOSE('wiki-welcome')}`, alone: true },
  ),
  experiments(
    'a send that was kept, bound to its object',
    'wiki-welcome',
    'treatment',
    [sent(fromExperiment('wiki-welcome')), sent(fromExperiment('wiki-welcome'))],
    {
      call: `const one = await mw.testKitchen.getExperiment('wiki-welcome'); const send = one.send.bind(one); send('click'); send('click');`,
    },
  ),
];
