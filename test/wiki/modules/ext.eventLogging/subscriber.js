mw.eventLog = require('./core.js');
mw.eventLog.Schema = require('./Schema.js');

function listen() {
  mw.trackSubscribe('event.', (topic, event) => {
    const schema = topic.slice(topic.indexOf('.') + 1);
    mw.eventLog.logEvent(schema[0].toUpperCase() + schema.slice(1), event);
  });
}

if (document.readyState === 'complete') mw.requestIdleCallback(listen);
else $(window).one('load', listen);
