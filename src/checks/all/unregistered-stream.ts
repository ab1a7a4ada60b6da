import { NOTHING, type Check } from '../types.ts';

export const unregisteredStream: Check = {
  name: 'unregistered-stream',
  severity: 'error',
  what: 'A stream is configured, and the client of this wiki does not know it.',
  why: 'The client drops all its events without a word: wgEventLoggingStreamNames lacks the stream.',
  source: 'mediawiki-extensions-EventLogging includes/Hooks.php (wgEventLoggingStreamNames)',
  look({ record: { decision, stream }, config }) {
    if (decision.reason !== 'stream-not-configured' || !config) return NOTHING;
    return [
      {
        message: `${stream ?? 'The stream'} is configured but not in wgEventLoggingStreamNames of this wiki`,
        path: '/meta/stream',
      },
    ];
  },
};
