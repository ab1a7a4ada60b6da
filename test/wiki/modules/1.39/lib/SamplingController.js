const { isUnitInSample } = require('./steps.js');

function SamplingController(integration) {
  this.integration = integration;
}

SamplingController.prototype.streamInSample = function (streamConfig) {
  if (!streamConfig) return false;
  const { sample } = streamConfig;
  if (!sample) return true;
  if (!sample.unit || !sample.rate || sample.rate < 0 || sample.rate > 1) return false;
  return isUnitInSample(this.integration, sample);
};

module.exports = SamplingController;
