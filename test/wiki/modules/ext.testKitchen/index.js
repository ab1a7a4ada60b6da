const config = require('./config.json');
const ContextualAttributesFactory = require('./ContextualAttributesFactory.js');
const EventFactory = require('./EventFactory.js');
const { Experiment, UnenrolledExperiment, OverriddenExperiment } = require('./Experiment.js');
const ExposureLogTracker = require('./ExposureLogTracker.js');
const { Instrument, UnsampledInstrument } = require('./Instrument.js');
const { get, getAsync, getMatching, getMatchingAsync } = require('./enrollmentConfig.js');
const internalEventSender = require('./internalEventSender.js');

const INSTRUMENT_SCHEMA = '/analytics/product_metrics/web/base/2.1.0';

const attributes = new ContextualAttributesFactory();
const eventFactory = new EventFactory(attributes);
const exposureLogTracker = new ExposureLogTracker();

function newExperiment(enrollment) {
  if (!enrollment) return new UnenrolledExperiment();
  const { enrolled, assigned, subject_id, other_assigned, is_override } = enrollment;
  if (is_override) return new OverriddenExperiment(enrolled, assigned);
  const experiment = config.experimentConfigs[enrolled];
  if (!experiment) return new UnenrolledExperiment();

  const { user_identifier_type, ...rest } = experiment;
  return new Experiment(
    eventFactory,
    internalEventSender,
    user_identifier_type === 'mw-user'
      ? config.LoggedInExperimentEventIntakeServiceUrl
      : config.EveryoneExperimentEventIntakeServiceUrl,
    exposureLogTracker,
    { ...rest, enrolled, assigned, subject_id, sampling_unit: user_identifier_type, other_assigned },
  );
}

/** No check of the sample here, unlike for streams: a rate over 1 lets everything in. */
function isInSample({ unit, rate }) {
  const { performer } = attributes.newContextualAttributes();
  const id = unit === 'pageview' ? performer.pageview_id : unit === 'session' ? performer.session_id : null;
  return id !== null && parseInt(id.slice(0, 8), 16) / 0xffffffff < rate;
}

function getInstrument(name) {
  const instrument = config.instrumentConfigs[name];
  if (!instrument || (instrument.sample && !isInSample(instrument.sample))) return new UnsampledInstrument();
  instrument.schema_id = INSTRUMENT_SCHEMA;
  return new Instrument(eventFactory, internalEventSender, config.InstrumentEventIntakeServiceUrl, name, instrument);
}

mw.testKitchen = {
  getExperiment: name => getAsync(name).then(newExperiment),
  getExperimentsByPrefix: prefix => getMatchingAsync(prefix).then(found => found.map(newExperiment)),
  getAssignments: () => ({ ...mw.config.get('wgTestKitchenUserExperiments')?.assigned }),
  getInstrument,
  compat: {
    getExperiment: name => newExperiment(get(name)),
    getExperimentsByPrefix: prefix => getMatching(prefix).map(newExperiment),
  },
};
mw.tk = mw.testKitchen;
