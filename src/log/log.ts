/** The log: facts and notes in, records out. Each fact is looked at once; nothing here goes through the records again. */

import { textAt } from '../platform/json.ts';
import type { CallFact, Envelope, Fact, SendFact } from '../record/facts.ts';
import { hash } from '../record/hash.ts';
import type { Record, Verdict } from '../record/record.ts';
import { type Carried, eventsOf } from './body.ts';
import { createDeliveries, type Post } from './deliver.ts';
import { createLoad, learn, live, type Load } from './load.ts';
import { readFact } from './read-fact.ts';
import { firstVerdict, iso, recordOfCall, recordOfSend } from './records.ts';
import { createSessions } from './sessions.ts';
import type { Log, PageLoad } from './types.ts';
import { createWire, type Ending } from './wire.ts';

/** Makes an empty log. */
export function createLog(): Log {
  const records: Record[] = [];
  /** The page load of each record. */
  const owners: Load[] = [];
  const loads: PageLoad[] = [];
  const byId = new Map<string, Load>();
  const sessions = createSessions();
  const wire = createWire<Post[]>(ended);
  const unjudged = new Set<number>();
  /** Records of calls that a later fact completes. */
  const incomplete = new Set<number>();
  const changed = new Set<number>();
  let drained = 0;
  let loadsChanged = false;

  function loadOf(envelope: Envelope): Load {
    let load = byId.get(envelope.load);
    if (!load) {
      load = createLoad(
        envelope,
        createDeliveries(index => records[index]?.event ?? null),
      );
      byId.set(envelope.load, load);
    }
    if (!loads.includes(load.page)) {
      loads.push(load.page);
      loadsChanged = true;
    }
    return load;
  }

  function apply(load: Load, fact: Fact): void {
    load.page.began ||= fact.at;
    switch (fact.kind) {
      case 'call':
        identify(load, () => {
          load.page.session ??= fact.session ?? null;
          load.page.pageview ??= fact.pageview ?? null;
        });
        call(load, fact);
        break;
      case 'send':
        send(load, fact);
        break;
      case 'context':
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
    change(post.index, { ...record, id, delivery, verdict, checks, ...kept });
    if (event === null) judgeAgain(post.index);
  }

  function send(load: Load, fact: SendFact): void {
    const { deliveries } = load;
    const url = absolute(fact.url, load.page.url);
    const events = eventsOf(fact);
    const count = Math.max(events?.length ?? 0, fact.calls.length, 1);
    const parts = Array.from({ length: count }, (_, i) => ({ carried: events?.[i] ?? null, seq: fact.calls[i] }));
    const exact = parts.map(({ carried, seq }) =>
      seq !== undefined ? deliveries.of(seq) : carried && deliveries.claim(carried),
    );
    const posts = parts.map(({ carried, seq }, i) => {
      const post = exact[i] ?? (seq === undefined && carried ? deliveries.claimLoosely(carried) : null);
      if (post && carried) leftThePage(post.index, carried);
      return post ?? wireOnly(load, fact, carried, i);
    });
    for (const post of posts) depart(post, fact, url);
    if (fact.outcome !== 'sent' && fact.outcome !== 'redirected') return;
    wire.sent(load.page.frame, url, fact.body === undefined || fact.truncated ? null : hash(fact.body), posts);
  }

  /** An event of no known call is a record of its own. */
  function wireOnly(load: Load, fact: SendFact, carried: Carried | null, position: number): Post {
    const post = add(load, recordOfSend(load, fact, carried?.event ?? null, position));
    load.deliveries.wireOnly(post, carried, fact.calls[position]);
    return post;
  }

  function depart(post: Post, fact: SendFact, url: string): void {
    post.taken = true;
    const record = records[post.index];
    if (!record) return;
    const { decision, delivery } = record;
    if (decision.state === 'dropped') {
      change(post.index, { decision: { ...decision, state: 'accepted', reason: null, agrees: false } });
    }
    delivery.state = fact.outcome === 'threw' ? 'refused' : fact.outcome;
    delivery.url = url;
    if (fact.outcome === 'sent' || fact.outcome === 'redirected') delivery.sentAt = iso(fact.at);
    touch(post.index);
  }

  /** The bytes of the request say what the event is, whatever was noted at the call: it can have changed since. */
  function leftThePage(index: number, { event, text }: Carried): void {
    const record = records[index];
    if (!record) return;
    if (!record.reconstructed && !record.truncated && JSON.stringify(record.event) === text) return;
    change(index, {
      event,
      reconstructed: false,
      truncated: false,
      schema: textAt(event, '$schema') ?? record.schema,
      action: textAt(event, 'action') ?? record.action,
    });
    judgeAgain(index);
  }

  function ended(posts: Post[], ending: Ending): void {
    for (const { index } of posts) {
      const delivery = records[index]?.delivery;
      if (!delivery) continue;
      if ('status' in ending) {
        delivery.status = ending.status;
        if (delivery.state === 'sent') delivery.state = 'answered';
      } else {
        delivery.answer = ending.error;
        delivery.state = 'blocked';
      }
      touch(index);
    }
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
    for (const { index } of load.deliveries.open()) touch(index);
    for (const index of incomplete) {
      const record = records[index];
      if (!record || owners[index] !== load) continue;
      incomplete.delete(index);
      if (record.decision.state === 'waiting') record.verdict = { verdict: 'none', errors: [] };
      touch(index);
    }
  }

  function add(load: Load, record: Record): Post {
    const index = records.push(record) - 1;
    owners.push(load);
    load.page.records++;
    if (record.session === null || record.pageview === null) load.unidentified.add(index);
    sessions.add(record, load.page);
    judgeAgain(index);
    return { index, taken: false };
  }

  function change(index: number, fields: Partial<Record>): void {
    const record = records[index];
    const load = owners[index];
    if (!record || !load) return;
    sessions.remove(record);
    Object.assign(record, fields);
    sessions.add(record, load.page);
    touch(index);
  }

  function judgeAgain(index: number): void {
    const record = records[index];
    if (record) judge(index, record, firstVerdict(record));
  }

  function judge(index: number, record: Record, verdict: Verdict): void {
    record.verdict = verdict;
    if (verdict.verdict === 'pending' && record.decision.state !== 'waiting') unjudged.add(index);
    else unjudged.delete(index);
    touch(index);
  }

  function touch(index: number): void {
    const record = records[index];
    if (!record) return;
    const { verdict, delivery } = record;
    const closed = owners[index]?.closed === true;
    const delivered = delivery.state === 'lost' ? closed : delivery.state !== 'queued' && delivery.state !== 'sent';
    record.final = delivered && verdict.verdict !== 'pending' && (closed || !incomplete.has(index));
    if (index < drained) changed.add(index);
  }

  return {
    records,
    loads,
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
      if (envelope.hole || page.holes.length > 0) loadsChanged = true;
      page.acknowledged = sequence.acknowledged();
      return page.acknowledged;
    },
    note: note => wire.note(note),
    verdict(index, verdict, of) {
      const record = records[index];
      if (!record || (of !== undefined && record.event !== of)) return;
      if (verdict.verdict === 'pending') judgeAgain(index);
      else judge(index, record, verdict);
    },
    findings(index, findings) {
      const record = records[index];
      if (!record) return;
      record.checks = findings;
      touch(index);
    },
    pending: () => [...unjudged].sort((a, b) => a - b),
    sessions: () => sessions.summaries(loads),
    drain() {
      const changes = { added: records.length - drained, changed: [...changed], loads: loadsChanged };
      drained = records.length;
      changed.clear();
      loadsChanged = false;
      return changes;
    },
    clear() {
      records.length = 0;
      owners.length = 0;
      for (const set of [unjudged, incomplete, changed]) set.clear();
      sessions.clear();
      for (const load of byId.values()) {
        load.deliveries.forget();
        load.sequence.forget();
        load.reconstructed.clear();
        load.unidentified.clear();
        load.page.records = 0;
      }
      loads.splice(0, loads.length, ...loads.filter(load => load.ended === null));
      drained = 0;
      loadsChanged = true;
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

function absolute(url: string, base: string): string {
  try {
    return new URL(url, base).href;
  } catch {
    return url;
  }
}
