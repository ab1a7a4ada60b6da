const config = require('./data.json');
const common = require('./common.js');
const MetricsClient = require('../lib/metrics-platform/MetricsClient.js');
const MediaWikiMetricsClientIntegration = require('./MediaWikiMetricsClientIntegration.js');

const debug = ['web', 'console'].some(where => Number(mw.user.options.get(`eventlogging-display-${where}`)) === 1);
const core = common(config, debug);

core.eventInSample = function (populationSize) {
  return this.randomTokenMatch(populationSize, mw.user.getPageviewToken());
};
core.inSample = function (populationSize) {
  return this.eventInSample(populationSize);
};

const client = new MetricsClient(new MediaWikiMetricsClientIntegration(core, config, debug), config.streamConfigs);
core.submit = client.submit.bind(client);
core.dispatch = client.dispatch.bind(client);

module.exports = core;
