const populationOf = rate => 1 / rate;

function Schema(name, samplingRate, defaults) {
  if (!name) throw new Error('name is required');
  this.name = name;
  this.populationSize = samplingRate === undefined ? 1 : populationOf(samplingRate);
  this.defaults = defaults || {};
}

Schema.prototype.log = function (data, samplingRate) {
  const population = samplingRate === undefined ? this.populationSize : populationOf(samplingRate);
  if (mw.eventLog.eventInSample(population)) mw.track(`event.${this.name}`, $.extend({}, this.defaults, data));
};

module.exports = Schema;
