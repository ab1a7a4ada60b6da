/* The client of pages without MediaWiki, as one script. */
const MetricsClient = require('./metrics-client.js');
const Integration = require('./integration.js');
const DefaultEventSubmitter = require('../lib/metrics-platform/DefaultEventSubmitter.js');

const logger = { logWarning: message => console.warn(message) };

window.MetricsClient = MetricsClient;
window.MetricsClient.Integration = Integration;
window.createMetricsClient = (streamConfigsOrigin, eventIntakeUrl) =>
  new MetricsClient(new Integration(streamConfigsOrigin), logger, new DefaultEventSubmitter(eventIntakeUrl));
