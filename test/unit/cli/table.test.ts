import { describe, expect, it } from 'vitest';
import { table, told } from '../../../src/cli/table.ts';
import type { Record } from '../../../src/record/record.ts';
import { createLog } from '../../../src/log/log.ts';
import { call, envelope, page } from '../log/facts.ts';

function recordOf(changes: Partial<Record>): Record {
  const log = createLog();
  log.ingest(envelope([page(1, 'begin'), call(2)]));
  const [record] = log.records;
  if (!record) throw new Error('no record');
  return { ...record, ...changes };
}

describe('table', () => {
  it('aligns its columns under their heads', () => {
    const row = told(recordOf({ api: 'submitInteraction', action: 'click' }));
    const [head = '', line = ''] = table([row]).split('\n');
    expect(line.indexOf('click')).toBe(head.indexOf('action'));
    expect(line.indexOf(row.decision)).toBe(head.indexOf('decision'));
  });

  it('shows control characters of a page instead of obeying them', () => {
    const text = table([told(recordOf({ stream: 'a\u001b[2Jb\nc\u202ed' }))]);
    expect(text).toContain('a\ufffd[2Jb\ufffdc\ufffdd');
    expect(text.split('\n')).toHaveLength(3);
  });
});
