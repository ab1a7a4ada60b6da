/* What the MetricsClients of all generations have in common: methods, to be put on their prototypes. */

/** The live config: `{}` for every stream where stream configs are switched off. */
const configOf = (configs, stream) => (configs === false ? {} : configs[stream] || undefined);

function getStreamConfig(streamName) {
  const config = configOf(this.streamConfigs, streamName);
  return config ? this.integration.clone(config) : config;
}

function addRequiredMetadata(event, streamName) {
  event.meta = event.meta || {};
  event.meta.stream = streamName;
  event.meta.domain = this.integration.getHostname();
  // A legacy event carries its time in client_dt; its dt is the intake's to set.
  if (event.client_dt) delete event.dt;
  else event.dt = event.dt || new Date().toISOString();
  return event;
}

/** From 1.45 on. */
function submit(streamName, event) {
  if (this.validateSubmitCall(streamName, event)) {
    this.processSubmitCall(new Date().toISOString(), streamName, event);
  }
}

const isBelow = (id, rate) => parseInt(id.slice(0, 8), 16) / 0xffffffff < rate;

/** Until 1.45: whether the pageview or the session is in the sample; false of any other unit. */
function isUnitInSample(integration, { unit, rate }) {
  if (unit === 'pageview') return isBelow(integration.getPageviewId(), rate);
  return unit === 'session' && isBelow(integration.getSessionId(), rate);
}

module.exports = { configOf, getStreamConfig, addRequiredMetadata, submit, isBelow, isUnitInSample };
