function Instrument(metricsClient, streamName, schemaID) {
  this.metricsClient = metricsClient;
  this.streamName = streamName;
  this.schemaID = schemaID;
  this.eventSequencePosition = 1;
  this.instrumentName = null;
}

/** Numbers the event in the instrument's sequence, and names the instrument where it has a name. */
Instrument.prototype.mark = function (data) {
  data.funnel_event_sequence_position = this.eventSequencePosition++;
  if (this.instrumentName) data.instrument_name = this.instrumentName;
  return data;
};

Instrument.prototype.isStreamInSample = function () {
  return this.metricsClient.isStreamInSample(this.streamName);
};

Instrument.prototype.isEnabled = function () {
  return this.isStreamInSample();
};

Instrument.prototype.submitInteraction = function (action, interactionData) {
  const data = this.mark({ ...interactionData });
  this.metricsClient.submitInteraction(this.streamName, this.schemaID, action, data);
};

/** Unlike submitInteraction it writes into the caller's object, throws where there is none, and knows no schema. */
Instrument.prototype.submitClick = function (interactionData) {
  this.metricsClient.submitClick(this.streamName, this.mark(interactionData));
};

Instrument.prototype.setInstrumentName = function (instrumentName) {
  this.instrumentName = instrumentName;
  return this;
};

Instrument.prototype.setSchemaID = function (schemaID) {
  this.schemaID = schemaID;
  return this;
};

module.exports = Instrument;
