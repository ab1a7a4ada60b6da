/* Calls that a page makes before anything else, by name, in `?calls=`; `?tag=` tells their events from others. */
const WEB_BASE = '/analytics/product_metrics/web/base/1.3.0';

const kitchen = () => mw.testKitchen ?? mw.xLab;
const interaction = query => ({ action_context: query.get('tag') });
const agent = { client_platform: 'mediawiki_js', client_platform_family: 'desktop_browser' };

module.exports = {
  /** One event for each of `?submit=a,b`. */
  streams(query) {
    for (const stream of query.get('submit').split(',')) {
      mw.eventLog.submit(stream, { $schema: WEB_BASE, action: 'page_visit', agent, ...interaction(query) });
    }
  },
  schema(query) {
    new mw.eventLog.Schema('Test', 1e-9, { OtherMessage: query.get('tag') }).log({});
  },
  /** Each generation has some of them. */
  population() {
    const populations = { sessionInSample: 1e9 + 7, pageviewInSample: 1, inSample: 1, eventInSample: 1 };
    const asked = Object.entries(populations).filter(([name]) => mw.eventLog[name]);
    return Object.fromEntries(asked.map(([name, size]) => [name, mw.eventLog[name](size)]));
  },
  identifiers: () => ({ session: mw.user.sessionId(), pageview: mw.user.getPageviewToken() }),
  /** Each of `?instruments=a,b`. */
  instruments(query) {
    for (const name of query.get('instruments').split(',')) {
      const instrument = kitchen().getInstrument(name);
      if (mw.testKitchen) instrument.send('click', interaction(query));
      else instrument.setSchemaID(WEB_BASE).submitInteraction('click', interaction(query));
    }
  },
  /** Each of `?experiments=a,b`: its group, and an event. */
  experiments(query) {
    const group = experiment => {
      experiment.send('click', interaction(query));
      return experiment.getAssignedGroup();
    };
    return Promise.all(
      query
        .get('experiments')
        .split(',')
        .map(async name => group(await kitchen().getExperiment(name))),
    );
  },
  assignments: () => kitchen().getAssignments(),
  /** `?logged=`: the key of one that the tab's log has already. */
  exposure(query) {
    const logged = query.get('logged');
    if (logged) sessionStorage.setItem(logged, JSON.stringify({ expires_at: Date.now() + 300_000, count: 1 }));
    return mw.testKitchen.getExperiment(query.get('exposure')).then(experiment => experiment.sendExposure());
  },
  cookies: () => navigator.cookieEnabled,
};
