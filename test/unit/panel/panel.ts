/** A panel without browser and DOM, for tests: frames are drawn by hand, questions are answered from a table. */

import { createLog } from '../../../src/log/log.ts';
import type { Ask } from '../../../src/panel/ask.ts';
import { createPanel, type PanelOptions } from '../../../src/panel/store.ts';
import type { Settings } from '../../../src/panel/settings/kept.ts';
import type { Verdict } from '../../../src/record/record.ts';
import type { Validator } from '../../../src/validation/types.ts';
import type { Envelope } from '../../../src/record/facts.ts';
import type { FromPanel, RequestName, Requests } from '../../../src/wire/protocol.ts';

export const NOW = Date.parse('2026-11-23T21:20:00.000Z');
export const VALID: Verdict = { verdict: 'valid', errors: [] };

type Answers = { [K in RequestName]?: (ask: Requests[K]['ask']) => Requests[K]['answer'] };

export function setUp(answers: Answers = {}, options: Partial<PanelOptions> = {}) {
  const asked: unknown[] = [];
  const sent: FromPanel[] = [];
  const frames: (() => void)[] = [];
  const due: (() => void)[] = [];
  const judged: Parameters<Validator['verdict']>[] = [];
  const kept: Settings[] = [];

  const ask: Ask = async (request, body) => {
    asked.push({ request, ...body });
    const answer = answers[request];
    if (!answer) throw new Error(`nobody answers "${request}"`);
    return answer(body);
  };
  const panel = createPanel({
    tab: 5,
    log: createLog({ checks: true }),
    ask,
    send: message => sent.push(message) > 0,
    frame: run => void frames.push(run),
    later: run => void due.push(run),
    now: () => NOW,
    isOnline: () => true,
    kept: { size: async () => ({ schemas: 0, bytes: 0 }), clear: async () => undefined },
    validator: () => ({
      around: async () => ({ schema: null, newest: null }),
      read: async () => ({ found: false, reason: 'not-found', message: 'not there' }),
      newest: async () => null,
      async verdict(...what) {
        judged.push(what);
        return VALID;
      },
    }),
    keep: settings => void kept.push(settings),
    ...options,
  });

  return {
    panel,
    asked,
    sent,
    frames,
    due,
    judged,
    kept,
    state: () => panel.state.getState(),
    facts: (envelope: Envelope) => panel.receive({ type: 'facts', ...envelope }),
    /** Draws one frame; answers how many were asked for. */
    draw() {
      const all = frames.splice(0);
      for (const run of all) run();
      return all.length;
    },
  };
}
