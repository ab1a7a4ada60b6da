class Instrument {
  constructor(eventFactory, internalEventSender, eventIntakeServiceUrl, name, config) {
    this.eventFactory = eventFactory;
    this.internalEventSender = internalEventSender;
    this.eventIntakeServiceUrl = eventIntakeServiceUrl;
    this.name = name;
    this.config = config;
    this.schemaID = config.schema_id;
    this.funnelEventSequencePosition = 1;
  }

  use(instrumentation) {
    instrumentation(this);
    return this;
  }

  send(action, interactionData, contextualAttributes) {
    const event = this.buildEvent(action, interactionData, contextualAttributes);
    this.internalEventSender.sendEvent(event, this.eventIntakeServiceUrl);
  }

  submitInteraction(action, interactionData, contextualAttributes) {
    this.send(action, interactionData, contextualAttributes);
  }

  setSchema(schemaID) {
    this.schemaID = schemaID;
    return this;
  }

  isInSample() {
    return true;
  }

  buildEvent(action, interactionData, contextualAttributes) {
    return this.eventFactory.newEvent(
      this.config.stream_name,
      this.schemaID,
      [...(this.config.contextual_attributes ?? []), ...(contextualAttributes ?? [])],
      action,
      {
        ...interactionData,
        instrument_name: this.name,
        funnel_event_sequence_position: this.funnelEventSequencePosition++,
      },
    );
  }
}

class UnsampledInstrument {
  use() {
    return this;
  }
  send() {}
  submitInteraction() {}
  setSchema() {
    return this;
  }
  isInSample() {
    return false;
  }
}

module.exports = { Instrument, UnsampledInstrument };
