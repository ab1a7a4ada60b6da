import { describe, expect, it } from 'vitest';
import { createWire, type Answer, type Ending, type Place, type RequestNote } from '../../../src/log/wire.ts';
import type { Note } from '../../../src/record/facts.ts';
import { AT, INTAKE } from './facts.ts';

const at = { frame: 0, type: 'ping', url: INTAKE, at: AT };
const request = (id: string, hash: string | null, place: Partial<RequestNote> = {}) =>
  ({ ...at, ...place, kind: 'request', request: id, hash }) as Note;
const status = (id: string, code: number, place: Partial<Note> = {}) =>
  ({ ...at, ...place, kind: 'status', request: id, status: code }) as Note;
const error = (id: string) => ({ ...at, kind: 'error', request: id, error: 'net::ERR_BLOCKED_BY_CLIENT' }) as Note;

function watched() {
  const endings: [string, Ending][] = [];
  const bodies: [string, string][] = [];
  const answers: [string, Answer][] = [];
  const unseen: RequestNote[] = [];
  const state: { unseen: string | null | false } = { unseen: false };
  const wire = createWire<string>({
    ended: (cargo, ending) => void endings.push([cargo, ending]),
    read: (cargo, body) => void bodies.push([cargo, body]),
    answered: (cargo, answer) => void answers.push([cargo, answer]),
    unseen(note) {
      unseen.push(note);
      return state.unseen;
    },
  });
  const sent = (hash: string | null, cargo: string, place: Partial<Place> = {}, late = false) =>
    wire.sent({ frame: 0, via: 'beacon', url: INTAKE, at: AT, ...place }, { hash, late }, () => cargo);
  return { wire, sent, endings, bodies, answers, unseen, state };
}

describe('the wire', () => {
  it('joins by the hash of the body, in whatever order requests end', () => {
    const { wire, sent, endings } = watched();
    sent('a', 'first');
    sent('b', 'second');
    for (const note of [request('2', 'b'), request('1', 'a'), status('2', 400), status('1', 202)]) wire.note(note);
    expect(endings).toEqual([
      ['second', { status: 400 }],
      ['first', { status: 202 }],
    ]);
  });

  it('joins when the notes come first', () => {
    const { wire, sent, endings } = watched();
    for (const note of [request('1', 'a'), status('1', 202), request('2', 'b')]) wire.note(note);
    sent('b', 'second');
    sent('a', 'first');
    wire.note(error('2'));
    expect(endings).toEqual([
      ['first', { status: 202 }],
      ['second', { error: 'net::ERR_BLOCKED_BY_CLIENT' }],
    ]);
  });

  it('joins in order where a body cannot be hashed', () => {
    const { wire, sent, endings } = watched();
    sent(null, 'first');
    sent(null, 'second');
    for (const note of [request('1', null), request('2', null), status('2', 202), status('1', 201)]) wire.note(note);
    expect(endings).toEqual([
      ['second', { status: 202 }],
      ['first', { status: 201 }],
    ]);
  });

  it('joins a body that only the network could read to its own request, not to a later one without a hash', () => {
    const { wire, sent, endings } = watched();
    for (const note of [request('1', 'a', { at: AT + 3 }), request('2', null, { at: AT + 60 })]) wire.note(note);
    sent(null, 'first');
    sent('b', 'second', { at: AT + 58 }, true);
    for (const note of [status('1', 201), status('2', 202)]) wire.note(note);
    expect(endings).toEqual([
      ['first', { status: 201 }],
      ['second', { status: 202 }],
    ]);
  });

  it('joins equal bodies one by one', () => {
    const { wire, sent, endings } = watched();
    sent('a', 'first');
    sent('a', 'second');
    for (const note of [request('1', 'a'), request('2', 'a'), status('1', 201), status('2', 202)]) wire.note(note);
    expect(endings).toEqual([
      ['first', { status: 201 }],
      ['second', { status: 202 }],
    ]);
  });

  it('does not join over frames or URLs, and not by a hash that differs', () => {
    const { wire, sent, endings } = watched();
    sent('a', 'first');
    for (const note of [request('1', 'a', { frame: 3 }), request('2', 'a', { url: 'https://other.example/' })]) {
      wire.note(note);
    }
    wire.note(request('3', 'b'));
    for (const id of ['1', '2', '3']) wire.note(status(id, 202));
    expect(endings).toEqual([]);
  });

  it('joins a status whose request nobody saw begin', () => {
    const { wire, sent, endings } = watched();
    sent('a', 'first');
    wire.note(status('1', 202));
    expect(endings).toEqual([['first', { status: 202 }]]);
  });

  it('takes an error after an answer for no news, and after a redirect for the end', () => {
    const { wire, sent, endings } = watched();
    sent('a', 'first');
    for (const note of [request('1', 'a'), status('1', 307), status('1', 500), error('1')]) wire.note(note);
    sent('b', 'second');
    for (const note of [request('2', 'b'), status('2', 307), error('2')]) wire.note(note);
    expect(endings).toEqual([
      ['first', { status: 307 }],
      ['first', { status: 500 }],
      ['second', { status: 307 }],
      ['second', { error: 'net::ERR_BLOCKED_BY_CLIENT' }],
    ]);
  });

  it('joins 10,000 without one request by another’s', () => {
    const { wire, sent, endings } = watched();
    const ids = Array.from({ length: 10_000 }, (_, i) => String(i));
    for (const id of ids) sent(`hash${id}`, id);
    for (const id of ids.toReversed()) wire.note(request(id, `hash${id}`));
    for (const id of ids) wire.note(status(id, Number(id)));
    expect(endings.every(([cargo, ending]) => 'status' in ending && String(ending.status) === cargo)).toBe(true);
    expect(endings).toHaveLength(10_000);
  });

  it('does not take one way for another', () => {
    const { wire, sent, endings } = watched();
    sent('a', 'beacon');
    sent('a', 'fetch', { via: 'fetch' });
    for (const note of [request('1', 'a', { type: 'xmlhttprequest' }), request('2', 'a', { type: 'beacon' })])
      wire.note(note);
    for (const note of [status('1', 201), status('2', 202)]) wire.note(note);
    expect(endings).toEqual([
      ['fetch', { status: 201 }],
      ['beacon', { status: 202 }],
    ]);
  });

  it('joins a body that the page tells late, by its hash', () => {
    const { wire, sent, endings } = watched();
    const [first, second] = [sent(null, 'first'), sent(null, 'second')];
    for (const note of [request('1', 'a'), request('2', 'b'), status('1', 201), status('2', 202)]) wire.note(note);
    second('b');
    first('a');
    expect(endings).toEqual([
      ['second', { status: 202 }],
      ['first', { status: 201 }],
    ]);
  });

  it('joins what only the order tells when nothing better came in a second', () => {
    const { wire, sent, endings, unseen } = watched();
    sent(null, 'unreadable');
    for (const note of [request('1', 'a', { carries: true }), status('1', 202)]) wire.note(note);
    wire.settle(0);
    wire.settle(999);
    expect(endings).toEqual([]);
    wire.settle(1_000);
    expect(endings).toEqual([['unreadable', { status: 202 }]]);
    expect(unseen).toEqual([]);
    expect(wire.waits()).toBe(false);
  });

  it('does not join by order what is far apart in time', () => {
    const { wire, sent, endings } = watched();
    sent(null, 'of a page long gone', { at: AT - 5_001 });
    sent(null, 'to come', { at: AT + 5_001 });
    for (const note of [request('1', 'a', { carries: true }), status('1', 202)]) wire.note(note);
    wire.settle(0);
    wire.settle(1_000);
    expect(endings).toEqual([]);
  });

  it('joins over frames where nothing better came in a second', () => {
    const { wire, sent, endings } = watched();
    sent('a', 'of a blank frame', { frame: 8 });
    for (const note of [request('1', 'a', { carries: true }), status('1', 202)]) wire.note(note);
    wire.settle(0);
    wire.settle(1_000);
    expect(endings).toEqual([['of a blank frame', { status: 202 }]]);
  });

  it('tells of a request that the page was not seen to make, and hands it over when that comes after all', () => {
    const { wire, endings, state } = watched();
    for (const note of [request('1', 'a', { carries: true }), status('1', 202), request('2', 'b')]) wire.note(note);
    wire.settle(0);
    state.unseen = null;
    wire.settle(1_000);
    expect(wire.waits()).toBe(true);
    state.unseen = 'unseen';
    wire.settle(2_000);
    expect(wire.waits()).toBe(false);
    expect(endings).toEqual([['unseen', { status: 202 }]]);
    const before: unknown[] = [];
    wire.sent({ frame: 0, via: 'beacon', url: INTAKE, at: AT }, { hash: 'a', late: false }, known => {
      before.push(known);
      return known ?? 'new';
    });
    expect(before).toEqual(['unseen']);
  });

  it('does not hand over one that nothing but its order tells', () => {
    const { wire, sent, endings, state } = watched();
    wire.note(request('1', null, { carries: true }));
    state.unseen = 'unseen';
    wire.settle(0);
    wire.settle(1_000);
    sent(null, 'other');
    wire.note(status('1', 202));
    expect(endings).toEqual([['unseen', { status: 202 }]]);
  });

  it('brings an answer to its request, whichever comes first', () => {
    const { wire, sent, answers } = watched();
    const url = 'https://intake.example/v1/events';
    const answer = (hash: string | null) => ({ kind: 'answer', url, at: AT, hash, status: 400, body: '{}' }) as const;
    sent('a', 'first', { url });
    for (const hash of ['b', 'a']) wire.note(answer(hash));
    sent('b', 'second', { url });
    sent('c', 'third', { url });
    wire.note(answer(null));
    expect(answers.map(([cargo]) => cargo)).toEqual(['first', 'second', 'third']);
  });
});
