function isValidSample(sample) {
  if (!sample?.unit || !sample.rate) return false;
  return sample.rate >= 0 && sample.rate <= 1;
}

module.exports = { isValidSample };
