import { NOTHING, type Check } from '../types.ts';

export const legacyRate: Check = {
  name: 'legacy-rate',
  severity: 'error',
  what: 'Legacy sampling by a rate whose inverse is no whole number.',
  why: 'It takes one in N by a remainder: with 1/0.3 next to nobody is in sample.',
  source: 'mediawiki-extensions-EventLogging modules/ext.eventLogging/core.js (randomTokenMatch), Schema.js',
  look({ record: { decision } }) {
    const population = decision.sampling?.population;
    if (population === undefined || (Number.isInteger(population) && population > 0)) return NOTHING;
    return [{ message: `One in ${population} is no sampling: take a rate of 1/N with a whole N`, path: null }];
  },
};
