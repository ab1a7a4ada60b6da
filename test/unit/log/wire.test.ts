import { describe, expect, it } from 'vitest';
import { createWire, type Ending } from '../../../src/log/wire.ts';
import type { Note } from '../../../src/record/facts.ts';
import { AT, INTAKE } from './facts.ts';

const at = { frame: 0, url: INTAKE, at: AT };
const request = (id: string, hash: string | null, place: Partial<Note> = {}) =>
  ({ ...at, ...place, kind: 'request', request: id, hash }) as Note;
const status = (id: string, code: number, place: Partial<Note> = {}) =>
  ({ ...at, ...place, kind: 'status', request: id, status: code }) as Note;
const error = (id: string) => ({ ...at, kind: 'error', request: id, error: 'net::ERR_BLOCKED_BY_CLIENT' }) as Note;

function watched() {
  const endings: [string, Ending][] = [];
  return { wire: createWire<string>((cargo, ending) => endings.push([cargo, ending])), endings };
}

describe('the wire', () => {
  it('joins by the hash of the body, in whatever order requests end', () => {
    const { wire, endings } = watched();
    wire.sent(0, INTAKE, 'a', 'first');
    wire.sent(0, INTAKE, 'b', 'second');
    for (const note of [request('2', 'b'), request('1', 'a'), status('2', 400), status('1', 202)]) wire.note(note);
    expect(endings).toEqual([
      ['second', { status: 400 }],
      ['first', { status: 202 }],
    ]);
  });

  it('joins when the notes come first', () => {
    const { wire, endings } = watched();
    for (const note of [request('1', 'a'), status('1', 202), request('2', 'b')]) wire.note(note);
    wire.sent(0, INTAKE, 'b', 'second');
    wire.sent(0, INTAKE, 'a', 'first');
    wire.note(error('2'));
    expect(endings).toEqual([
      ['first', { status: 202 }],
      ['second', { error: 'net::ERR_BLOCKED_BY_CLIENT' }],
    ]);
  });

  it('joins in order where a body cannot be hashed', () => {
    const { wire, endings } = watched();
    wire.sent(0, INTAKE, 'a', 'first');
    wire.sent(0, INTAKE, null, 'second');
    for (const note of [request('1', null), request('2', null), status('2', 202), status('1', 201)]) wire.note(note);
    expect(endings).toEqual([
      ['second', { status: 202 }],
      ['first', { status: 201 }],
    ]);
  });

  it('joins equal bodies one by one', () => {
    const { wire, endings } = watched();
    wire.sent(0, INTAKE, 'a', 'first');
    wire.sent(0, INTAKE, 'a', 'second');
    for (const note of [request('1', 'a'), request('2', 'a'), status('1', 201), status('2', 202)]) wire.note(note);
    expect(endings).toEqual([
      ['first', { status: 201 }],
      ['second', { status: 202 }],
    ]);
  });

  it('does not join over frames or URLs, and not by a hash that differs', () => {
    const { wire, endings } = watched();
    wire.sent(0, INTAKE, 'a', 'first');
    for (const note of [request('1', 'a', { frame: 3 }), request('2', 'a', { url: 'https://other.example/' })]) {
      wire.note(note);
    }
    wire.note(request('3', 'b'));
    for (const id of ['1', '2', '3']) wire.note(status(id, 202));
    expect(endings).toEqual([]);
  });

  it('joins a status whose request nobody saw begin', () => {
    const { wire, endings } = watched();
    wire.sent(0, INTAKE, 'a', 'first');
    wire.note(status('1', 202));
    expect(endings).toEqual([['first', { status: 202 }]]);
  });

  it('takes an error after an answer for no news, and after a redirect for the end', () => {
    const { wire, endings } = watched();
    wire.sent(0, INTAKE, 'a', 'first');
    for (const note of [request('1', 'a'), status('1', 307), status('1', 500), error('1')]) wire.note(note);
    wire.sent(0, INTAKE, 'b', 'second');
    for (const note of [request('2', 'b'), status('2', 307), error('2')]) wire.note(note);
    expect(endings).toEqual([
      ['first', { status: 307 }],
      ['first', { status: 500 }],
      ['second', { status: 307 }],
      ['second', { error: 'net::ERR_BLOCKED_BY_CLIENT' }],
    ]);
  });

  it('joins 10,000 without one request by another’s', () => {
    const { wire, endings } = watched();
    const ids = Array.from({ length: 10_000 }, (_, i) => String(i));
    for (const id of ids) wire.sent(0, INTAKE, `hash${id}`, id);
    for (const id of ids.toReversed()) wire.note(request(id, `hash${id}`));
    for (const id of ids) wire.note(status(id, Number(id)));
    expect(endings.every(([cargo, ending]) => 'status' in ending && String(ending.status) === cargo)).toBe(true);
    expect(endings).toHaveLength(10_000);
  });
});
