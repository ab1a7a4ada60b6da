const { isUnitInSample } = require('./steps.js');
const { isValidSample } = require('./StreamConfig.js');

function SamplingController(integration) {
  this.integration = integration;
}

SamplingController.prototype.isStreamInSample = function (streamConfig) {
  if (!streamConfig) return false;
  const { sample } = streamConfig;
  return !sample || (isValidSample(sample) && isUnitInSample(this.integration, sample));
};

module.exports = SamplingController;
