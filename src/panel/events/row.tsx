import type { PageLoad } from '../../log/types.ts';
import type { Hole, Record } from '../../record/record.ts';
import { Noted } from '../checks/noted.tsx';
import { explainDecision, explainDelivery, explainVerdict } from '../explain.ts';
import { plural, t } from '../i18n.ts';
import type { Row } from '../rows.ts';
import { Icon } from '../shared/icon.tsx';
import { Name } from '../shared/name.tsx';
import { clock, shortUrl, visible } from '../shared/text.ts';
import { type Cell, decisionCell, deliveryCell, subjectOf, toneOf, verdictCell } from './cells.ts';

/** What stands in one line of the list. The words of the closed lists stand as they are: they are what one searches by. */
export function RowContent({ row }: { row: Row }) {
  if (row.kind === 'load') return <LoadLine load={row.load} />;
  if (row.kind === 'hole') return <HoleLine hole={row.hole} />;
  return <RecordCells record={row.record} />;
}

function RecordCells({ record }: { record: Record }) {
  const subject = subjectOf(record);
  const { override, frame } = record;
  return (
    <>
      <div class="line" role="presentation">
        <span role="gridcell" class="time">
          {clock(record.time)}
        </span>
        <span role="gridcell" class="call" title={`${visible(record.api)} · ${record.client}`}>
          {frame !== 0 && <span class="frame">{t('frame', frame)}</span>}
          <bdi>{visible(record.api)}</bdi> <span class="client">{record.client}</span>
        </span>
        <span role="gridcell" class="subject">
          {subject === null ? '–' : <Name name={subject} />}
        </span>
        <span role="gridcell" class="action" title={visible(record.action ?? '')}>
          <bdi>{visible(record.action ?? '')}</bdi>
        </span>
      </div>
      <div class="line" role="presentation">
        <State name="decision" cell={decisionCell(record)} hint={explainDecision(record.decision)} />
        <State name="delivery" cell={deliveryCell(record)} hint={explainDelivery(record.delivery)} />
        <State name="verdict" cell={verdictCell(record)} hint={explainVerdict(record.verdict)} />
        <span role="gridcell" class="mark" title={override ? t('overrideActed') : undefined}>
          <Noted record={record} />
          {override && <Icon name="forced" />}
          {override && <span class="unseen">{t('forced')}</span>}
        </span>
      </div>
    </>
  );
}

function State({ name, cell, hint }: { name: string; cell: Cell; hint: string }) {
  return (
    <span role="gridcell" class={`state ${name}`} data-tone={cell.tone} title={hint}>
      {cell.icon && <Icon name={cell.icon} />}
      <span class="word">{cell.word}</span>
      {cell.more && <span class="more"> {visible(cell.more, 80)}</span>}
    </span>
  );
}

/** Tells where the page went. */
function LoadLine({ load }: { load: PageLoad }) {
  return (
    <span role="gridcell" class="separator">
      <Icon name="load" />
      <span class="time">{clock(load.began)}</span>
      {load.frame !== 0 && <span class="frame">{t('frame', load.frame)}</span>}
      <bdi class="url" title={visible(load.url, 2_000)}>
        {visible(shortUrl(load.url))}
      </bdi>
      <span class="ids">
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

/** What is missing and why. The count is of facts, of which calls are only some. */
export function holeText({ from, to, reason }: Hole): string {
  const count = to - from + 1;
  if (reason === 'before-devtools') return plural('holeBefore', count);
  if (reason === 'relay-full') return plural('holeFull', count);
  if (reason === 'unreadable') return plural('holeUnreadable', count);
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
