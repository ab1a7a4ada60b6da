import type { ComponentChildren } from 'preact';
import type { PageLoad } from '../../log/types.ts';
import type { Hole, Record } from '../../record/record.ts';
import { Noted } from '../checks/noted.tsx';
import { explainDecision, explainDelivery, explainVerdict } from '../explain.ts';
import { plural, t } from '../i18n.ts';
import type { Row } from '../rows.ts';
import { Icon } from '../shared/icon.tsx';
import { Swatch } from '../shared/name.tsx';
import { clock, shortUrl, visible } from '../shared/text.ts';
import type { Column } from '../store/state.ts';
import { type Cell, decisionCell, deliveryCell, subjectOf, toneOf, verdictCell } from './cells.ts';
import { BECAME } from './columns.tsx';

/**
 * What stands in one line of the list, without its hints: to write those of all lines that come into sight takes longer
 * than to draw them. The words of the closed lists stand as they are: they are what one searches by.
 */
export function RowContent({ row, columns }: { row: Row; columns: readonly Column[] }) {
  if (row.kind === 'load') return <LoadLine load={row.load} before={row.before} />;
  if (row.kind === 'hole') return <HoleLine hole={row.hole} />;
  if (row.kind === 'gone') return <GoneLine count={row.count} />;
  const { record } = row;
  const known = columns.filter(column => !BECAME.includes(column));
  const became = columns.filter(column => BECAME.includes(column));
  const withClient = !columns.includes('client');
  return (
    <>
      <div class="line" role="presentation">
        {known.map(column => cellOf(column, record, withClient))}
      </div>
      <div class="line" role="presentation">
        {became.map(column => cellOf(column, record, withClient))}
      </div>
    </>
  );
}

function cellOf(column: Column, record: Record, withClient: boolean): ComponentChildren {
  switch (column) {
    case 'time':
      return text(column, clock(record.time));
    case 'load':
      return text(column, visible(shortUrl(record.page.url)));
    case 'client':
      return text(column, record.client);
    case 'call':
      return (
        <span key={column} role="gridcell" class="call">
          {record.frame !== 0 && <span class="frame">{t('frame', record.frame)}</span>}
          <bdi>{visible(record.api)}</bdi>
          {withClient && <span class="client"> {record.client}</span>}
        </span>
      );
    case 'subject': {
      const subject = subjectOf(record);
      return (
        <span key={column} role="gridcell" class="subject">
          {subject !== null && <Swatch name={subject} />}
          <bdi>{subject === null ? '–' : visible(subject)}</bdi>
        </span>
      );
    }
    case 'action':
      return text(column, visible(record.action ?? ''));
    case 'decision':
      return state(column, decisionCell(record));
    case 'delivery':
      return state(column, deliveryCell(record));
    case 'verdict':
      return state(column, verdictCell(record));
    case 'checks':
      return (
        <span key={column} role="gridcell" class="checks">
          <Noted record={record} />
        </span>
      );
    case 'mark':
      return (
        <span key={column} role="gridcell" class="mark">
          {record.override && <Icon name="forced" />}
          {record.override && <span class="unseen">{t('forced')}</span>}
        </span>
      );
  }
}

function text(column: Column, value: string): ComponentChildren {
  return (
    <span key={column} role="gridcell" class={`text ${column}`}>
      {value}
    </span>
  );
}

function state(column: Column, cell: Cell): ComponentChildren {
  return (
    <span key={column} role="gridcell" class={`state ${column}`} data-tone={cell.tone}>
      <Icon name={cell.icon} />
      {cell.more ? `${cell.word} ${visible(cell.more, 80)}` : cell.word}
    </span>
  );
}

/** What a cell says to whoever points at it: why it is so, and in full what has no room; null where another says it. */
export function hintOf(column: Column, record: Record): string | null {
  switch (column) {
    case 'time':
      return record.time;
    case 'load':
      return visible(record.page.url, 2_000);
    case 'client':
      return record.client;
    case 'call':
      return `${visible(record.api)} · ${record.client}`;
    case 'subject':
      return visible(subjectOf(record) ?? '');
    case 'action':
      return visible(record.action ?? '');
    case 'decision':
      return explainDecision(record.decision);
    case 'delivery':
      return explainDelivery(record.delivery);
    case 'verdict':
      return explainVerdict(record.verdict);
    case 'checks':
      return null;
    case 'mark':
      return record.override ? t('overrideActed') : null;
  }
}

/** Tells where the page went, and where another session begins. */
function LoadLine({ load, before }: { load: PageLoad; before: PageLoad | null }) {
  const isNew = load.session !== null && load.session !== before?.session;
  return (
    <span role="gridcell" class="separator">
      <Icon name="load" />
      <span class="time">{clock(load.began)}</span>
      {load.frame !== 0 && <span class="frame">{t('frame', load.frame)}</span>}
      <bdi class="url" title={visible(load.url, 2_000)}>
        {visible(shortUrl(load.url))}
      </bdi>
      <span class="ids">
        {isNew && <b class="session">{t('sessionBegins')}</b>}
        <Short label={t('session')} id={load.session} />
        <Short label={t('pageview')} id={load.pageview} />
      </span>
    </span>
  );
}

function Short({ label, id }: { label: string; id: string | null }) {
  if (id === null) return null;
  return (
    <span>
      {label} <code>{visible(id.slice(0, 8))}</code>
    </span>
  );
}

function HoleLine({ hole }: { hole: Hole }) {
  return (
    <span role="gridcell" class="separator hole">
      <Icon name="hole" />
      <span>{holeText(hole)}</span>
    </span>
  );
}

function GoneLine({ count }: { count: number }) {
  return (
    <span role="gridcell" class="separator hole">
      <Icon name="hole" />
      <span>{plural('goneRows', count)}</span>
    </span>
  );
}

/** What is missing and why. The count is of facts, of which calls are only some. */
export function holeText({ from, to, reason }: Hole): string {
  const count = to - from + 1;
  if (reason === 'before-devtools') return plural('holeBefore', count);
  if (reason === 'relay-full') return plural('holeFull', count);
  if (reason === 'unreadable') return plural('holeUnreadable', count);
  if (reason === 'paused') return plural('holePaused', count);
  return plural('holeGap', count);
}

/** What a row tells by its attributes: for the stylesheet, and for drivers that read the panel. */
export function rowData(row: Row): { [name: `data-${string}`]: string | undefined } {
  if (row.kind !== 'record') return { 'data-kind': row.kind };
  const { record } = row;
  return {
    'data-kind': 'record',
    'data-id': record.id,
    'data-decision': record.decision.state,
    'data-reason': record.decision.reason ?? undefined,
    'data-delivery': record.delivery.state,
    'data-verdict': record.verdict.verdict,
    'data-tone': toneOf(decisionCell(record), deliveryCell(record), verdictCell(record)),
  };
}
