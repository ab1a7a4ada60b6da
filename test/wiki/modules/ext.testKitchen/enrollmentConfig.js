/* Who is in which group: the `?mpo=` override before the Server-Timing header before what the server knows. */

/** `a:x;b:y;` (or with `=`) to an object; throws on anything else, so that one typo drops all. */
function parse(text, separator) {
  const result = {};
  const parts = text.split(';');
  if (parts.pop() !== '') throw new Error('Unexpected end of raw value');
  for (const part of parts) {
    const pair = part.split(separator);
    if (pair.length !== 2) throw new Error(`Expected exactly one "${separator}" in "${part}"`);
    result[pair[0]] = pair[1];
  }
  return result;
}

let overrides = null;

function getOverridden() {
  if (overrides) return overrides;
  overrides = {};
  const text = new URLSearchParams(location.search).get('mpo');
  if (!text) return overrides;
  try {
    overrides = parse(text.endsWith(';') ? text : `${text};`, ':');
  } catch (error) {
    mw.errorLogger.logError(error, 'error.test_kitchen.process_raw_override_value.query');
  }
  return overrides;
}

let header = null;

function getHeader() {
  header ??= new Promise(resolve => {
    const observer = new PerformanceObserver(list => {
      const timings = list.getEntries().flatMap(entry => entry.serverTiming ?? []);
      observer.disconnect();
      resolve(timings.findLast(timing => timing.name === 'WMF-Uniq')?.description ?? '');
    });
    try {
      observer.observe({ type: 'navigation', buffered: true });
    } catch {
      resolve('');
    }
  });
  return header.then(text => {
    try {
      return parse(text, '=');
    } catch (error) {
      mw.errorLogger.logError(error, 'error.test_kitchen.process_header');
      return {};
    }
  });
}

function enrollments(fromHeader) {
  const fromServer = mw.config.get('wgTestKitchenUserExperiments');
  const found = new Map();
  const add = (assigned, subjectOf, is_override) => {
    for (const [enrolled, group] of Object.entries(assigned ?? {})) {
      found.set(enrolled, { enrolled, assigned: group, subject_id: subjectOf(enrolled), is_override });
    }
  };
  add(fromServer?.assigned, name => fromServer.subject_ids[name], false);
  add(fromHeader, () => 'awaiting', false);
  add(getOverridden(), () => 'overridden', true);

  for (const enrollment of found.values()) {
    const others = [...found.values()].filter(other => other !== enrollment);
    enrollment.other_assigned = Object.fromEntries(others.map(other => [other.enrolled, other.assigned]));
  }
  return found;
}

const find = (name, fromHeader) => enrollments(fromHeader).get(name) ?? null;
const findMatching = (prefix, fromHeader) =>
  [...enrollments(fromHeader).values()].filter(enrollment => enrollment.enrolled.startsWith(prefix));

module.exports = {
  get: name => find(name),
  getAsync: name => getHeader().then(fromHeader => find(name, fromHeader)),
  getMatching: prefix => findMatching(prefix),
  getMatchingAsync: prefix => getHeader().then(fromHeader => findMatching(prefix, fromHeader)),
};
