const DefaultEventSubmitter = require('../lib/metrics-platform/DefaultEventSubmitter.js');
const MetricsClient = require('../lib/metrics-platform/MetricsClient.js');
const Integration = require('./MediaWikiMetricsClientIntegration.js');

const integration = new Integration();

module.exports = {
  DefaultEventSubmitter,
  newMetricsClient: (streamConfigs, eventSubmitter) => new MetricsClient(integration, streamConfigs, eventSubmitter),
};
