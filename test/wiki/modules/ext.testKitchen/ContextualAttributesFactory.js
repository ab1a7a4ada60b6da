const readAttributes = require('./attributes.js');

let attributes = null;

class ContextualAttributesFactory {
  newContextualAttributes() {
    return (attributes ??= readAttributes());
  }
}

module.exports = ContextualAttributesFactory;
