/** Makes facts as the hook writes them, for the tests of the log. */

import type { CallFact, ContextFact, Envelope, Fact, PageFact, SendFact } from '../../../src/record/facts.ts';
import type { Log } from '../../../src/log/types.ts';
import type { JsonObject } from '../../../src/record/record.ts';

export const AT = Date.parse('2026-11-23T21:17:33.154Z');
export const SESSION = '80000000c0ffee00c0ff';
export const PAGEVIEW = '19999999aaaaaaaaaaaa';
export const INTAKE = 'https://intake.example/v1/events?hasty=true';
export const SCHEMA = '/analytics/test/1.0.0';
export const URL = 'https://wiki.example/wiki/Main_Page';

type Without<F> = Omit<Partial<F>, 'kind'>;

export function eventOf(fields: JsonObject = {}): JsonObject {
  return {
    $schema: SCHEMA,
    action: 'click',
    meta: { stream: 'my.stream', domain: 'wiki.example' },
    dt: '2026-11-23T21:17:33.154Z',
    ...fields,
  };
}

/** An accepted `submit`. */
export function call(seq: number, fields: Without<CallFact> = {}): CallFact {
  return {
    kind: 'call',
    seq,
    at: AT + seq,
    client: 'event-logging',
    api: 'submit',
    seen: 'accepted',
    stream: 'my.stream',
    schema: SCHEMA,
    event: eventOf(),
    streamFacts: { configured: true, intake: INTAKE },
    session: SESSION,
    pageview: PAGEVIEW,
    ...fields,
  };
}

export function send(seq: number, calls: number[], fields: Without<SendFact> = {}): SendFact {
  return {
    kind: 'send',
    seq,
    at: AT + seq,
    via: 'beacon',
    url: INTAKE,
    body: JSON.stringify(eventOf()),
    outcome: 'sent',
    calls,
    ...fields,
  };
}

export function page(seq: number, what: PageFact['what'], fields: Without<PageFact> = {}): PageFact {
  return { kind: 'page', seq, at: AT + seq, what, url: URL, ...fields };
}

export function context(seq: number, fields: Without<ContextFact> = {}): ContextFact {
  return { kind: 'context', seq, at: AT + seq, clients: ['event-logging'], ...fields };
}

export function envelope(facts: (Fact | string)[], fields: Partial<Envelope> = {}): Envelope {
  return {
    load: 'load1',
    frame: 0,
    url: URL,
    ...fields,
    facts: facts.map(fact => (typeof fact === 'string' ? fact : JSON.stringify(fact))),
  };
}

/** So much later that nothing waits for its counterpart any more. */
export function settled(log: Log): void {
  log.settle(0);
  log.settle(60_000);
}
