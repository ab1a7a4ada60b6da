/** The log: facts and notes in, records out. Each fact is looked at once; nothing here goes through the records again. */

import type { CallFact, Envelope, Fact } from '../record/facts.ts';
import type { Hole, Record } from '../record/record.ts';
import { DISAGREES } from './answers.ts';
import { createBook } from './book.ts';
import { createDeliveries, type Post } from './deliver.ts';
import { DEFAULT_LIMIT, excess } from './limit.ts';
import { createLoad, createSharing, learn, live, type Load } from './load.ts';
import { readFact } from './read-fact.ts';
import { createOutgoing } from './outgoing.ts';
import { recordOfCall } from './records.ts';
import type { Log, PageLoad } from './types.ts';

/** What was cleared last, beside its records. */
interface Cleared {
  loads: PageLoad[];
  holes: Map<Load, Hole[]>;
  sizes: Map<PageLoad, number>;
  gone: number;
}

/** Makes an empty log. `checks`: somebody will set findings, and until then no record is final. */
export function createLog({ checks = false } = {}): Log {
  const loads: PageLoad[] = [];
  const byId = new Map<string, Load>();
  const book = createBook(index => outgoing.compare(index), checks);
  const outgoing = createOutgoing(book, () => byId.values());
  const { records, sessions, incomplete, add, change, judgeAgain, touch } = book;
  const share = createSharing();
  let loadsChanged = false;
  let limit = DEFAULT_LIMIT;
  let gone = 0;
  let cleared: Cleared | null = null;

  function loadOf(envelope: Envelope): Load {
    let load = byId.get(envelope.load);
    if (!load) {
      load = createLoad(
        envelope,
        createDeliveries(index => records[index]?.event ?? null),
      );
      byId.set(envelope.load, load);
    }
    if (envelope.unforced) load.page.unforced = envelope.unforced;
    if (load.page.frame !== envelope.frame) move(load, envelope.frame);
    if (!loads.includes(load.page)) {
      loads.push(load.page);
      loadsChanged = true;
    }
    return load;
  }

  /** A prerendered page gets the top frame's id when it is shown. */
  function move(load: Load, frame: number): void {
    load.page.frame = frame;
    records.forEach((_, index) => {
      if (book.owner(index) === load) change(index, { frame });
    });
    replace(load);
    loadsChanged = true;
  }

  function apply(load: Load, fact: Fact): void {
    load.page.began ||= fact.at;
    load.latest = Math.max(load.latest, fact.at);
    switch (fact.kind) {
      case 'call':
        identify(load, () => {
          load.page.session ??= fact.session ?? null;
          load.page.pageview ??= fact.pageview ?? null;
        });
        call(load, fact);
        break;
      case 'send':
        outgoing.send(load, fact);
        break;
      case 'context':
        share(fact);
        if (identify(load, () => learn(load, fact))) reconstructAgain(load);
        loadsChanged = true;
        break;
      case 'page':
        live(load, fact);
        if (fact.what === 'begin') replace(load);
        if (fact.what === 'hide') leave(load, 'queued', 'lost');
        if (fact.what === 'show') leave(load, 'lost', 'queued');
        loadsChanged = true;
    }
  }

  /** The page's first calls may come before its client has read an identifier: they get it when it becomes known. */
  function identify<T>({ page, unidentified }: Load, learnIt: () => T): T {
    const { session, pageview } = page;
    const learned = learnIt();
    if ((session ?? page.session) === session && (pageview ?? page.pageview) === pageview) return learned;
    for (const index of unidentified) {
      const record = records[index];
      if (!record) continue;
      change(index, { session: record.session ?? page.session, pageview: record.pageview ?? page.pageview });
      if (record.session !== null && record.pageview !== null) unidentified.delete(index);
    }
    return learned;
  }

  function call(load: Load, fact: CallFact): void {
    const { deliveries } = load;
    const first = fact.completes === undefined ? undefined : deliveries.of(fact.completes);
    if (first) return complete(load, fact, first);
    const orphan = load.orphans.get(fact.seq);
    if (orphan) return claimOrphan(load, fact, orphan);

    const record = recordOfCall(load, fact);
    const accepted = record.decision.state === 'accepted';
    const known = deliveries.adopt(fact.seq, accepted ? record.event : null);
    const post = known ?? add(load, record);
    if (known) adopt(known, record);
    else if (isIncomplete(fact)) incomplete.add(post.index);
    deliveries.call(fact.seq, post, accepted && !known);
    if (fact.completes !== undefined) load.orphans.set(fact.completes, post);
    if (fact.data !== undefined) book.pass(post.index, fact.data);
    keepReconstructed(load, post.index, fact);
    touch(post.index);
  }

  /** A replayed `mw.track`, or a promise's answer: what became of a call that has its record. */
  function complete(load: Load, fact: CallFact, post: Post): void {
    const accepted = fact.seen === 'accepted';
    load.deliveries.call(fact.seq, post, accepted && !post.taken);
    const old = records[post.index];
    if (!old) return;
    const { id, time, api, origin, interaction, page } = old;
    incomplete.delete(post.index);
    change(post.index, { ...recordOfCall(load, fact), id, time, api, origin, interaction, page });
    keepReconstructed(load, post.index, fact);
    judgeAgain(post.index);
  }

  function keepReconstructed(load: Load, index: number, fact: CallFact): void {
    if (records[index]?.reconstructed) load.reconstructed.set(index, fact);
  }

  /** The page tells more than was known at those calls: where DevTools opens late, the ring of calls comes first. */
  function reconstructAgain(load: Load): void {
    for (const [index, fact] of load.reconstructed) {
      const old = records[index];
      if (!old?.reconstructed) {
        load.reconstructed.delete(index);
        continue;
      }
      const { event, schema, action } = recordOfCall(load, fact);
      if (JSON.stringify(event) === JSON.stringify(old.event)) continue;
      change(index, { event, schema, action });
      judgeAgain(index);
    }
  }

  /** The call itself comes late, after the fact that completed it. */
  function claimOrphan(load: Load, fact: CallFact, post: Post): void {
    const { api, time, origin, interaction } = recordOfCall(load, fact);
    load.orphans.delete(fact.seq);
    load.deliveries.call(fact.seq, post, false);
    change(post.index, { api, time, origin, interaction });
  }

  /** A record made of a request turns out to be this call's: it keeps its id, and what was seen of it on the wire. */
  function adopt(post: Post, record: Record): void {
    const wired = records[post.index];
    if (!wired) return;
    const { id, event, delivery, verdict, checks, truncated } = wired;
    const kept = event === null ? {} : { event, truncated, reconstructed: false };
    if (event !== null) outgoing.keep(post.index, record, JSON.stringify(event));
    change(post.index, { ...record, id, delivery, verdict, checks, ...kept });
    if (event === null) judgeAgain(post.index);
  }

  /** The page goes, or comes back: what waits in the client's queue is lost, unless a request shows that it is not. */
  function leave(load: Load, from: 'queued' | 'lost', to: 'queued' | 'lost'): void {
    for (const { index } of load.deliveries.open()) {
      const delivery = records[index]?.delivery;
      if (delivery?.state !== from) continue;
      delivery.state = to;
      touch(index);
    }
  }

  /** A new document: those whose place it takes are gone, and so is it where a newer one is known already. */
  function replace(load: Load): void {
    for (const other of byId.values()) {
      if (isReplacedBy(other.page, load.page)) close(other, load.page.began);
      if (isReplacedBy(load.page, other.page)) close(load, other.page.began);
    }
  }

  function close(load: Load, at: number): void {
    if (load.closed) return;
    load.closed = true;
    load.page.ended ??= at;
    if (load.page.context) load.reconstructed.clear();
    leave(load, 'queued', 'lost');
    load.deliveries.prune(true);
    for (const { index } of load.deliveries.open()) touch(index);
    for (const index of incomplete) {
      const record = records[index];
      if (!record || book.owner(index) !== load) continue;
      incomplete.delete(index);
      if (record.decision.state === 'waiting') record.verdict = { verdict: 'none', errors: [] };
      touch(index);
    }
  }

  /** Beyond the limit the oldest go; and with its last record a page load that is over. */
  function trim(): void {
    const going = excess(loads, limit);
    if (!going) return;
    for (const count of going.values()) gone += count;
    drop(going);
  }

  function drop(going: ReadonlyMap<string, number>): void {
    book.drop(going);
    const left = loads.filter(({ load, records, ended }) => records > 0 || ended === null || !going.has(load));
    loads.splice(0, loads.length, ...left);
    loadsChanged = true;
  }

  function clear(): void {
    book.clear();
    outgoing.forget();
    cleared = { loads: [...loads], holes: new Map(), sizes: new Map(), gone };
    for (const load of byId.values()) {
      cleared.holes.set(load, load.sequence.forget());
      cleared.sizes.set(load.page, load.page.size);
      load.page.size = 0;
    }
    gone = 0;
    loads.splice(0, loads.length, ...loads.filter(load => load.ended === null));
    loadsChanged = true;
  }

  function unclear(): void {
    if (!cleared) return;
    const { loads: back, holes, sizes } = cleared;
    book.unclear();
    loads.splice(0, loads.length, ...back, ...loads.filter(load => !back.includes(load)));
    for (const [load, forgotten] of holes) load.sequence.recall(forgotten);
    for (const [page, size] of sizes) page.size += size;
    gone += cleared.gone;
    cleared = null;
    loadsChanged = true;
  }

  return {
    records,
    loads,
    get gone() {
      return gone;
    },
    limit(next) {
      limit = next;
      trim();
    },
    ingest(envelope) {
      const load = loadOf(envelope);
      const { sequence, page } = load;
      if (envelope.hole) sequence.declare(envelope.hole);
      const facts = envelope.facts.map(readFact);
      const firstRead = facts.findIndex(fact => fact !== null);
      let next = firstRead < 0 ? sequence.highest + 1 : (facts[firstRead]?.seq ?? 1) - firstRead;
      for (const fact of facts) {
        if (!fact) {
          if (next >= 1) sequence.spoil(next);
          next++;
          continue;
        }
        next = fact.seq + 1;
        if (sequence.take(fact.seq)) apply(load, fact);
      }
      for (const { length } of envelope.facts) page.size += length;
      trim();
      if (envelope.hole || page.holes.length > 0) loadsChanged = true;
      page.acknowledged = sequence.acknowledged();
      return page.acknowledged;
    },
    note: outgoing.note,
    settle: outgoing.settle,
    waits: outgoing.waits,
    verdict: book.judge,
    findings(index, findings) {
      book.find(index, check => check !== DISAGREES, findings);
      book.checked(index);
    },
    pending: book.unjudged,
    unchecked: book.unchecked,
    atCall: book.atCall,
    passed: book.passed,
    sessions: () => sessions.summaries(loads),
    drain() {
      const changes = { ...book.drain(), loads: loadsChanged };
      loadsChanged = false;
      return changes;
    },
    dropEnded() {
      drop(new Map(loads.flatMap(({ load, ended, records }) => (ended === null ? [] : [[load, records]]))));
    },
    clear,
    unclear,
    forgetCleared() {
      book.forget();
      cleared = null;
    },
  };
}

/** Whether a document has gone because a newer one came: in its frame, or in the top frame, which takes all along. */
function isReplacedBy(old: PageLoad, page: PageLoad): boolean {
  return old.began > 0 && old.began < page.began && (page.frame === 0 || old.frame === page.frame);
}

/** Whether a later fact is to complete the call: a track nobody hears yet, a promise without its answer. */
function isIncomplete(fact: CallFact): boolean {
  return fact.seen === 'waiting' || (fact.seen === 'answered' && fact.answer === null && !fact.objectFacts);
}
