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
  const id = this.integration.getContextAttributes().performer[IDENTIFIERS[sample.unit]];
  return parseInt(id.slice(0, 8), 16) / 0xffffffff < sample.rate;
};

module.exports = SamplingController;
