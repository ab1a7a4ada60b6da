/** A session of 100,000 records, and files of it. */

import type { Format } from '../../src/test-session/files/export.ts';
import { exportSession } from '../../src/test-session/files/export.ts';
import { KEEP_ALL } from '../../src/test-session/files/redact.ts';
import { blankHeader, type TestSession } from '../../src/test-session/session.ts';
import { record } from '../unit/test-session/sessions.ts';

export const COUNT = 100_000;

const ACTIONS = ['init', 'click', 'open', 'choose', 'save', 'close'];

/** @param shift 1 for one that differs in a few records */
export function sessionOf(shift: number, name = `Session ${shift}`, count = COUNT): TestSession {
  const records = Array.from({ length: count }, (_, index) => {
    const session =
      Math.floor(index / 1_000)
        .toString(16)
        .padStart(4, '0') + '0c0ffee00c0ff000'.slice(0, 16);
    return {
      ...record(
        index + 1,
        index * 7,
        ACTIONS[(index + (index % 997 === 0 ? shift : 0)) % ACTIONS.length] ?? '',
        { session },
        {
          performer: {
            session_id: session,
            pageview_id: session.split('').reverse().join(''),
            is_logged_in: false,
            name: 'Jane Example',
          },
          mediawiki: { skin: 'vector-2022', database: 'enwiki' },
          page: { id: index % 500, title: `Page ${index % 500}`, namespace_id: 0, content_language: 'en' },
          action_context: 'x'.repeat(400),
        },
      ),
      final: true,
    };
  });
  const started = records[0]?.time ?? '';
  const ended = records.at(-1)?.time ?? '';
  return { header: { ...blankHeader(started), test: { name, started, ended } }, records, holes: [], marks: [] };
}

/** Made piece by piece: as one text it would be too long. */
export function fileOf(session: TestSession, format: Format, name: string): File {
  const parts: Blob[] = [];
  let part: string[] = [];
  for (const text of exportSession(session, format, { redaction: KEEP_ALL, results: null })) {
    if (part.push(text) < 1_000) continue;
    parts.push(new Blob(part));
    part = [];
  }
  return new File([...parts, ...part], name);
}
