/* What the pages do once their clients are there. */
const dialog = require('./dialog.js');
const firstCalls = require('./first.js');
const steps = require('./tour.js');

const query = new URLSearchParams(location.search);
const title = mw.config.get('wgTitle');
const WEB_BASE = '/analytics/product_metrics/web/base/1.3.0';

// `?first=7`: two calls at once, before anything else of the page, as the module of an instrument makes them
const first = query.get('first');
if (first !== null) {
  const data = { action_context: `first.${first}` };
  mw.eventLog.submitInteraction('wiki.half', WEB_BASE, 'page_visit', data);
  mw.eventLog.submitInteraction('wiki.page_visit', WEB_BASE, 'page_visit', data);
}

// `?calls=stream,schema`: more first calls, by their names; `firstCalls` has what they answered
const calls = query.get('calls');
if (calls !== null) {
  window.firstCalls = {};
  for (const name of calls.split(',')) window.firstCalls[name] = firstCalls[name](query);
}

async function run(id) {
  await steps[id]();
  const output = document.querySelector(`[data-step="${id}"] ~ output`);
  if (output) output.textContent = `called at ${new Date().toLocaleTimeString()}`;
}

async function runAll() {
  for (const id of Object.keys(steps)) await run(id);
  document.documentElement.dataset.tour = 'done';
}

mw.wikiTour = { steps: Object.keys(steps), run, runAll };

for (const button of document.querySelectorAll('[data-step]')) {
  button.addEventListener('click', () => run(button.dataset.step));
}

for (const button of document.querySelectorAll('[data-view]')) {
  button.addEventListener('click', () => {
    const { view } = button.dataset;
    history.pushState({ view }, '', `/wiki/Application?view=${view}`);
    document.querySelector('#view').textContent = `view ${view}`;
    mw.eventLog.submitInteraction('wiki.page_visit', WEB_BASE, 'page_visit', { action_source: view });
  });
}

const atPagehide = Number(query.get('pagehide')) || 0;
if (atPagehide) {
  window.addEventListener('pagehide', () => {
    for (let i = 1; i <= atPagehide; i++) {
      mw.eventLog.submitInteraction('wiki.page_visit', WEB_BASE, 'page_leave', { funnel_event_sequence_position: i });
    }
  });
}

if (title === 'Dialog') dialog(query.get('broken'));

document.documentElement.dataset.clients = 'ready';

// The tour is of the newest clients.
if (mw.testKitchen && (query.get('tour') === '1' || (title === 'Tour' && query.get('tour') !== '0'))) {
  // After the subscriber of `event.*` has attached itself, so that the tour has one order.
  if (document.readyState === 'complete') mw.requestIdleCallback(runAll);
  else window.addEventListener('load', () => mw.requestIdleCallback(runAll), { once: true });
}
