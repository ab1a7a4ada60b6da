/* The instrument of a dialog, as a feature's own code has it; and builds of it that are broken, by `?broken=`. */
const WEB_BASE = '/analytics/product_metrics/web/base/1.3.0';

module.exports = broken => {
  const token = mw.user.generateRandomSessionId();
  let position = 0;

  const send = (action, data = {}) => mw.eventLog.submitInteraction('wiki.page_visit', WEB_BASE, action, data);
  const step = (action, data = {}) =>
    send(action, {
      funnel_name: 'dialog',
      funnel_entry_token: token,
      funnel_event_sequence_position: ++position,
      ...data,
    });

  const acts = {
    consent() {
      send('consent');
      if (broken !== 'before-consent') send('init');
    },
    open() {
      step('open', { element_id: 'dialog' });
      if (mw.testKitchen) {
        mw.testKitchen.getInstrument('wiki-search').send('open');
        mw.testKitchen.getExperiment('wiki-welcome').then(experiment => experiment.send('open'));
      }
    },
    choose() {
      if (broken === 'missing-action') return;
      step('choose', { action_subtype: broken === 'wrong-type' ? 2 : 'large' });
    },
    save() {
      if (broken === 'wrong-order') send('close');
      step('save');
      if (broken !== 'wrong-order') send('close');
      if (broken === 'duplicate') send('close');
    },
  };

  // A stream in which nobody of the tests is sampled.
  mw.eventLog.submitInteraction('wiki.rare', WEB_BASE, 'init');
  if (broken === 'before-consent') send('init');
  for (const button of document.querySelectorAll('[data-act]')) {
    button.addEventListener('click', () => acts[button.dataset.act]());
  }
};
