const metricsPlatform = require('ext.eventLogging.metricsPlatform');
const config = require('./data.json');
const common = require('./common.js');
const EventSubmitter = require('./EventSubmitter.js');

const debug = Number(mw.user.options.get('eventlogging-display-console')) === 1;
const core = common(config, debug);

core.logFailure = (schemaName, errorCode) => {
  mw.track(`counter.eventlogging.client_errors.${schemaName}.${errorCode}`);
  mw.track('stats.mediawiki_eventlogging_client_errors_total', { schemaName, errorCode });
};

core.eventInSample = function (populationSize) {
  return this.randomTokenMatch(populationSize, mw.user.getPageviewToken());
};
core.pageviewInSample = function (populationSize) {
  return this.randomTokenMatch(populationSize, mw.user.getPageviewToken());
};
mw.log.deprecate(
  core,
  'inSample',
  core.pageviewInSample,
  'Use "mw.eventLog.pageviewInSample" instead.',
  'mw.eventLog.inSample',
);

const client = metricsPlatform.newMetricsClient(
  config.streamConfigs,
  new EventSubmitter(config.serviceUri, core.enqueue.bind(core), debug),
);
for (const name of ['submit', 'dispatch', 'submitInteraction', 'submitClick', 'newInstrument']) {
  core[name] = client[name].bind(client);
}

module.exports = core;
