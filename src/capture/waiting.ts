/** Calls that a later step of their client takes up again: found by what they were called with, the oldest first. */

import type { Call } from './calls.ts';

interface Entry {
  call: Call;
  next: Entry | null;
}

export class Waiting {
  private first: Entry | null = null;
  private last: Entry | null = null;

  add(call: Call): void {
    const entry: Entry = { call, next: null };
    if (this.last) this.last.next = entry;
    else this.first = entry;
    this.last = entry;
  }

  /** The oldest call of this stream and this very event, which waits no more; undefined where there is none. */
  take(stream: unknown, event: unknown): Call | undefined {
    let before: Entry | null = null;
    for (let at = this.first; at; before = at, at = at.next) {
      if (at.call.fact['stream'] !== stream || at.call.event !== event) continue;
      if (before) before.next = at.next;
      else this.first = at.next;
      if (!at.next) this.last = before;
      return at.call;
    }
    return undefined;
  }
}
