const EXPOSURE_ATTRIBUTES = [
  'performer_is_logged_in',
  'performer_is_temp',
  'performer_is_bot',
  'performer_edit_count',
  'mediawiki_database',
];
const COOKIES_DISABLED = navigator.cookieEnabled === false;

class Experiment {
  constructor(eventFactory, internalEventSender, eventIntakeServiceUrl, exposureLogTracker, config) {
    this.eventFactory = eventFactory;
    this.internalEventSender = internalEventSender;
    this.eventIntakeServiceUrl = eventIntakeServiceUrl;
    this.tracker = exposureLogTracker;
    this.config = config;
    this.streamName = config.stream_name;
    this.schemaID = config.schema_id;
    this.contextualAttributes = config.contextual_attributes;
    this.exposureVersion = config.exposure_version;
  }

  getAssignedGroup() {
    return this.config.assigned;
  }

  isAssignedGroup(...groups) {
    return groups.includes(this.getAssignedGroup());
  }

  use(instrumentation) {
    instrumentation(this);
    return this;
  }

  send(action, interactionData, contextualAttributes) {
    if (COOKIES_DISABLED) return;
    const { enrolled, assigned, subject_id, sampling_unit, phase_index, version, other_assigned } = this.config;
    const experiment = { enrolled, assigned, subject_id, sampling_unit, phase_index };
    if (version !== undefined) experiment.version = version;
    experiment.coordinator = 'default';
    if (other_assigned && Object.keys(other_assigned).length) experiment.other_assigned = other_assigned;

    const event = this.eventFactory.newEvent(
      this.streamName,
      this.schemaID,
      [...(this.contextualAttributes ?? []), ...(contextualAttributes ?? [])],
      action,
      { ...interactionData, experiment },
    );
    this.internalEventSender.sendEvent(event, this.eventIntakeServiceUrl);
  }

  submitInteraction(action, interactionData, contextualAttributes) {
    this.send(action, interactionData, contextualAttributes);
  }

  sendExposure() {
    const key = this.tracker.makeKey({
      enrolled: this.config.enrolled,
      assigned: this.getAssignedGroup(),
      version: this.exposureVersion,
    });
    this.tracker.trySend(key, () => this.send('experiment_exposure', {}, EXPOSURE_ATTRIBUTES));
  }

  setSchema(schemaID) {
    this.schemaID = schemaID;
    return this;
  }
}

class UnenrolledExperiment {
  getAssignedGroup() {
    return null;
  }
  isAssignedGroup() {}
  use() {
    return this;
  }
  send() {}
  submitInteraction() {}
  sendExposure() {}
  setSchema() {
    return this;
  }
}

class OverriddenExperiment {
  constructor(name, assigned) {
    this.name = name;
    this.assigned = assigned;
  }

  getAssignedGroup() {
    return this.assigned;
  }

  isAssignedGroup(...groups) {
    return groups.includes(this.assigned);
  }

  use(instrumentation) {
    instrumentation(this);
    return this;
  }

  send(action, interactionData) {
    const args = [
      `${this.name}: The enrollment for this experiment has been overridden. The following event will not be sent:\n`,
      action,
    ];
    if (interactionData) args.push(JSON.stringify(interactionData, null, 2));
    console.log(...args);
  }

  submitInteraction(action, interactionData) {
    this.send(action, interactionData);
  }

  sendExposure() {
    this.send('experiment_exposure');
  }

  setSchema() {
    return this;
  }
}

module.exports = { Experiment, UnenrolledExperiment, OverriddenExperiment };
