const { isBelow } = require('./steps.js');
const { isValidSample } = require('./StreamConfig.js');

const IDENTIFIERS = { pageview: 'pageview_id', session: 'session_id' };

function SamplingController(integration) {
  this.integration = integration;
}

SamplingController.prototype.isStreamInSample = function (streamConfig) {
  if (!streamConfig) return false;
  const { sample } = streamConfig;
  if (!sample) return true;
  if (!isValidSample(sample) || !Object.hasOwn(IDENTIFIERS, sample.unit)) return false;
  return isBelow(this.integration.getContextAttributes().performer[IDENTIFIERS[sample.unit]], sample.rate);
};

module.exports = SamplingController;
