/** Who is enrolled in one experiment. What it sends goes through a client of the Metrics Platform library, which decides. */
class Experiment {
  constructor(metricsClient, name, assignedGroup, subjectId, samplingUnit, coordinator) {
    this.metricsClient = metricsClient;
    this.name = name;
    this.assignedGroup = assignedGroup || null;
    this.subjectId = subjectId || null;
    this.samplingUnit = samplingUnit || null;
    this.coordinator = coordinator || 'xLab';
    this.streamName = 'product_metrics.web_base';
    this.schemaID = '/analytics/product_metrics/web/base/1.5.0';
  }

  getAssignedGroup() {
    return this.assignedGroup;
  }

  isAssignedGroup(...groups) {
    return groups.includes(this.assignedGroup);
  }

  send(action, interactionData) {
    const experiment = {
      enrolled: this.name,
      assigned: this.assignedGroup,
      subject_id: this.subjectId,
      sampling_unit: this.samplingUnit,
      coordinator: this.coordinator,
    };
    this.metricsClient.submitInteraction(this.streamName, this.schemaID, action, { ...interactionData, experiment });
  }

  submitInteraction(action, interactionData) {
    this.send(action, interactionData);
  }

  setStream(streamName) {
    if (!this.metricsClient.getStreamConfig(streamName)) {
      console.warn(`${this.name}: the stream ${streamName} is not registered, so nothing will be sent to it.`);
    }
    this.streamName = streamName;
    return this;
  }

  setSchema(schemaID) {
    this.schemaID = schemaID;
    return this;
  }
}

class UnenrolledExperiment extends Experiment {
  constructor(name) {
    super(null, name);
  }

  send() {}
  setStream() {}
}

class OverriddenExperiment extends Experiment {
  constructor(name, assignedGroup, samplingUnit, subjectId) {
    super(null, name, assignedGroup, samplingUnit, subjectId, 'forced');
  }

  send(action, interactionData) {
    const data = JSON.stringify(interactionData, null, 2);
    console.log(`${this.name}: the enrollment is overridden, so this is not sent:\n`, action, data);
  }

  setStream() {}
}

module.exports = { Experiment, UnenrolledExperiment, OverriddenExperiment };
