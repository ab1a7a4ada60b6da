/** Facts on their way to the log: kept until they are acknowledged, within a limit; what does not fit becomes a counted hole. */

import type { Envelope } from '../record/facts.ts';
import type { Batch } from './channel.ts';

/** Characters, which take two bytes each: 64 MB. */
const LIMIT = 32 * 1024 * 1024;
const CHUNK_FACTS = 256;
/** A port message has its own limit (64 MB in Chromium); a chunk stays far below it. */
const CHUNK_CHARACTERS = 2 * 1024 * 1024;

export type Chunk = Pick<Envelope, 'facts' | 'hole'>;

export class Outbox {
  /** By seq, in the order of arrival. */
  readonly #facts = new Map<number, string>();
  #unsent: Chunk[] = [];
  #holes: NonNullable<Envelope['hole']>[] = [];
  #characters = 0;
  /** Characters in the last unsent chunk. */
  #open = 0;

  constructor(private readonly limit = LIMIT) {}

  get size(): number {
    return this.#facts.size;
  }

  /** Takes a batch of the hook and queues it for sending. */
  add({ from, lost, facts }: Batch): void {
    if (lost > 0) this.#hole({ from: from - lost, to: from - 1, reason: 'before-devtools' });
    facts.forEach((fact, index) => {
      const seq = from + index;
      this.#characters += fact.length - (this.#facts.get(seq)?.length ?? 0);
      this.#facts.set(seq, fact);
      this.#queue(fact);
    });
    this.#trim();
  }

  /** Chunks that have not been sent on this connection, oldest first; they count as sent now. */
  take(): Chunk[] {
    const chunks = this.#unsent;
    this.#unsent = [];
    return chunks;
  }

  /** A new connection: everything that is not acknowledged is to be sent again, before anything new. */
  resend(): void {
    this.#unsent = [];
    for (const hole of this.#holes) this.#announce(hole);
    for (const fact of this.#facts.values()) this.#queue(fact);
  }

  /** Everything up to `seq` has arrived. */
  acknowledge(seq: number): void {
    for (const [at, fact] of this.#facts) {
      if (at > seq) continue;
      this.#facts.delete(at);
      this.#characters -= fact.length;
    }
    this.#holes = this.#holes.filter(hole => hole.to > seq);
  }

  clear(): void {
    this.#facts.clear();
    this.#unsent = [];
    this.#holes = [];
    this.#characters = 0;
  }

  #queue(fact: string): void {
    const last = this.#unsent.at(-1);
    if (last && last.facts.length < CHUNK_FACTS && this.#open + fact.length <= CHUNK_CHARACTERS) {
      last.facts.push(fact);
      this.#open += fact.length;
    } else {
      this.#unsent.push({ facts: [fact] });
      this.#open = fact.length;
    }
  }

  #hole(hole: NonNullable<Envelope['hole']>): void {
    this.#holes.push(hole);
    this.#announce(hole);
  }

  #announce(hole: NonNullable<Envelope['hole']>): void {
    this.#unsent.push({ facts: [], hole });
    this.#open = 0;
  }

  #trim(): void {
    if (this.#characters <= this.limit) return;
    let from = 0;
    let to = 0;
    for (const [seq, fact] of this.#facts) {
      if (this.#characters <= this.limit / 2) break;
      this.#facts.delete(seq);
      this.#characters -= fact.length;
      from ||= seq;
      to = seq;
    }
    this.#hole({ from, to, reason: 'relay-full' });
    this.resend();
  }
}
