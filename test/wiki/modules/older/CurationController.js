/* Whether a stream wants this event, by the values of its attributes: `producers.metrics_platform_client.curation`. */
const { getAttributeByName } = require('./Context.js');

const list = run => (value, operand) => !Array.isArray(operand) || run(value, operand);
const RULES = {
  equals: (value, operand) => value === operand,
  not_equals: (value, operand) => value !== operand,
  greater_than: (value, operand) => value > Number(operand),
  less_than: (value, operand) => value < Number(operand),
  greater_than_or_equals: (value, operand) => value >= Number(operand),
  less_than_or_equals: (value, operand) => value <= Number(operand),
  in: list((value, operand) => operand.includes(value)),
  not_in: list((value, operand) => !operand.includes(value)),
  contains: (value, operand) => value.includes(operand),
  does_not_contain: (value, operand) => !value.includes(operand),
  contains_all: list((value, operand) => operand.every(one => value.includes(one))),
  contains_any: list((value, operand) => operand.some(one => value.includes(one))),
};

function CurationController() {}

CurationController.prototype.isEmpty = value => value === undefined || value === null;

CurationController.prototype.applyRules = (value, rules) =>
  Object.entries(rules).every(([operator, operand]) => !RULES[operator] || RULES[operator](value, operand));

CurationController.prototype.shouldProduceEvent = function (event, streamConfig) {
  const curation = streamConfig?.producers?.metrics_platform_client?.curation;
  if (!curation || typeof curation !== 'object') return true;
  return Object.entries(curation).every(([name, rules]) => {
    const value = getAttributeByName(event, name);
    return !this.isEmpty(value) && (!rules || this.applyRules(value, rules));
  });
};

module.exports = CurationController;
