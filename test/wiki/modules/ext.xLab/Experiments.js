/* An experiment of the client's own, which asks for itself on each page as the client starts. */
const experiment = mw.xLab.getExperiment('xlab-mw-module-loaded-v2');

if (experiment.isAssignedGroup('control', 'treatment')) {
  experiment.send('xLab-loaded', { instrument_name: 'XLabMediaWikiModuleLoaded' });
}
