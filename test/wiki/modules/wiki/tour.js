/* One function a step of the tour: the calls as a page's code makes them. What is to come of each: test/wiki/tour.ts. */

const WEB_BASE = '/analytics/product_metrics/web/base/1.3.0';
const WEB_UI_ACTIONS = '/analytics/mediawiki/product_metrics/web_ui_actions/1.0.2';

const visit = () => ({
  $schema: WEB_BASE,
  action: 'page_visit',
  agent: { client_platform: 'mediawiki_js', client_platform_family: 'desktop_browser' },
});

module.exports = {
  'event-valid': () => mw.eventLog.submit('wiki.page_visit', visit()),
  'event-invalid': () => mw.eventLog.submit('wiki.page_visit', { $schema: WEB_BASE, action: 'click', colour: 'red' }),
  'event-out-of-sample': () => mw.eventLog.submit('wiki.rare', visit()),
  'event-invalid-sample': () => mw.eventLog.submit('wiki.off', visit()),
  'event-unknown-unit': () => mw.eventLog.submit('wiki.app_only', visit()),
  'event-unknown-stream': () => mw.eventLog.submit('wiki.no_such_stream', visit()),
  'event-no-schema': () => mw.eventLog.submit('wiki.page_visit', { action: 'page_visit' }),
  'event-redirected': () => mw.eventLog.submit('wiki.moved', visit()),
  'event-redirected-nowhere': () => mw.eventLog.submit('wiki.moved_nowhere', visit()),

  interaction: () =>
    mw.eventLog.submitInteraction('mediawiki.web_ui_actions', WEB_UI_ACTIONS, 'click', { element_id: 'tour' }),
  'interaction-no-action': () => mw.eventLog.submitInteraction('wiki.page_visit', WEB_BASE, ''),
  'interaction-invalid': () => mw.eventLog.submitInteraction('wiki.curious', WEB_BASE, 'click'),

  'legacy-migrated': () => mw.track('event.Test', { OtherMessage: 'hello' }),
  'legacy-revision': () => mw.eventLog.logEvent('OldTest', { message: 'hello' }),

  'instrument-in': () => mw.testKitchen.getInstrument('wiki-search').send('search', { action_source: 'tour' }),
  'instrument-out': () => mw.testKitchen.getInstrument('wiki-rare').send('search'),
  'instrument-unknown': () => mw.testKitchen.getInstrument('wiki-no-such-instrument').send('search'),

  'experiment-enrolled': () => mw.testKitchen.getExperiment('wiki-welcome').then(one => one.send('page_visit')),
  'experiment-exposure': () =>
    mw.testKitchen.getExperiment('wiki-welcome').then(one => {
      one.sendExposure();
      one.sendExposure();
    }),
  'experiment-overridden': () => mw.testKitchen.getExperiment('wiki-palette').then(one => one.send('page_visit')),
  'experiment-not-enrolled': () => mw.testKitchen.getExperiment('wiki-nobody').then(one => one.send('page_visit')),
  'experiment-not-configured': () => mw.testKitchen.getExperiment('wiki-forgotten').then(one => one.send('page_visit')),
  'experiment-compat': () => mw.testKitchen.compat.getExperiment('wiki-from-header').send('page_visit'),

  'event-at-pagehide': () =>
    window.addEventListener(
      'pagehide',
      () => mw.eventLog.submit('wiki.page_visit', { ...visit(), action: 'page_leave' }),
      { once: true },
    ),
};
