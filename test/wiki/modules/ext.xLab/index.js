const { DefaultEventSubmitter, newMetricsClient } = require('ext.eventLogging.metricsPlatform');
const { Experiment, UnenrolledExperiment, OverriddenExperiment } = require('./Experiment.js');
const config = require('./config.json');

const COOKIE = 'mpo';

const clientOf = (streamConfigs, url) => newMetricsClient(streamConfigs, new DefaultEventSubmitter(url));
const everyone = clientOf(config.streamConfigs, config.EveryoneExperimentEventIntakeServiceUrl);
const loggedIn = clientOf(config.streamConfigs, config.LoggedInExperimentEventIntakeServiceUrl);
const instruments = clientOf(config.instrumentConfigs, config.InstrumentEventIntakeServiceUrl);

const enrollments = () => mw.config.get('wgMetricsPlatformUserExperiments');

function getExperiment(name) {
  const known = enrollments();
  const group = known?.assigned[name];
  if (!group) return new UnenrolledExperiment(name);
  const unit = known.sampling_units[name];
  const isLoggedIn = unit === 'mw-user';
  const subject = isLoggedIn ? known.subject_ids[name] : 'awaiting';
  if (known.overrides.includes(name)) return new OverriddenExperiment(name, group, unit, subject);
  return new Experiment(isLoggedIn ? loggedIn : everyone, name, group, subject, unit);
}

/** `name:group;name:group` in a cookie, which the server reads at the next load: so the page is loaded again. */
function setOverrides(value) {
  mw.cookie.set(COOKIE, value || null);
  location.reload();
}

const overrides = () => mw.cookie.get(COOKIE, null, '').split(';').filter(Boolean);
const isOf = name => part => part.startsWith(`${name}:`);

function overrideExperimentGroup(name, group) {
  const parts = overrides();
  const at = parts.findIndex(isOf(name));
  parts.splice(at < 0 ? parts.length : at, 1, `${name}:${group}`);
  setOverrides(parts.join(';'));
}

const clearExperimentOverride = name =>
  setOverrides(
    overrides()
      .filter(part => !isOf(name)(part))
      .join(';'),
  );

mw.xLab = {
  getExperiment,
  getAssignments: () => ({ ...enrollments()?.assigned }),
  getInstrument: name => instruments.newInstrument(name),
  overrideExperimentGroup,
  clearExperimentOverride,
  clearExperimentOverrides: () => setOverrides(null),
};

require('./Experiments.js');
