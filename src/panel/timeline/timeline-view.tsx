import { useMemo, useRef, useState } from 'preact/hooks';
import type { Stretch } from '../../log/timeline/lanes.ts';
import { MARKS } from '../../log/timeline/marks.ts';
import { COLUMN, pictureOf, type Scale, timeOf, xOf } from '../../log/timeline/picture.ts';
import { HEIGHTS } from '../../log/timeline/svg.ts';
import type { Record } from '../../record/record.ts';
import { explainDecision } from '../explain.ts';
import { number, t } from '../i18n.ts';
import { Icon, type IconName } from '../shared/icon.tsx';
import { clock, visible } from '../shared/text.ts';
import { usePanel } from '../shared/use-panel.ts';
import { useWidth } from '../shared/use-width.ts';
import { type Cursor, moved, nearest, stepped } from './cursor.ts';
import { Grid, Head } from './head.tsx';
import { Lane } from './lane.tsx';
import { useLanes } from './use-lanes.ts';
import { usePointer } from './use-pointer.ts';
import { around, between, panned, showing, zoomed } from './window.ts';
import './timeline.css';

/** So many lanes are shown at first; each request shows as many more. */
const SHOWN = 100;
/** A click reaches so many pixels. */
const REACH = 12;

/** Sessions, page loads and records over time, a lane a stream. */
export function TimelineView() {
  const panel = usePanel();
  const { reader: lanes, drawn, isWhole } = useLanes();
  const [wanted, setWanted] = useState<Stretch | null>(null);
  const [cursor, setCursor] = useState<Cursor | null | undefined>(undefined);
  const [shown, setShown] = useState(SHOWN);
  const plot = useRef<HTMLDivElement>(null);
  const width = useWidth(plot);
  const { records, loads } = panel.log;

  const extent = useMemo(() => lanes.extent(), [lanes, drawn]);
  const began = loads.find(load => load.began > 0)?.began ?? Infinity;
  const all = extent && around({ from: Math.min(extent.from, began), to: extent.to });
  const stretch = all && (wanted ? between(wanted.from, wanted.to, all) : all);
  const scale: Scale | null = stretch && { ...stretch, width: Math.max(1, width) };
  const pictures = useMemo(
    () => (scale && width > 0 ? lanes.all.slice(0, shown).map(lane => pictureOf(lane, scale)) : []),
    [lanes, drawn, stretch?.from, stretch?.to, width, shown],
  );
  // What the pointer leaves as it is.
  const legend = useMemo(() => <Legend />, []);
  const sight = [lanes, drawn, stretch?.from, stretch?.to, width];
  const head = useMemo(() => scale && <Head loads={loads} scale={scale} />, sight);
  const grid = useMemo(() => scale && <Grid loads={loads} scale={scale} lanes={pictures.length} />, [...sight, shown]);
  // At first the record that is selected elsewhere; then where the user goes.
  const here = cursor === undefined ? lanes.placeOf(panel.indexOf(panel.state.getState().selected)) : cursor;
  const recordAt = (at: Cursor | null): Record | null =>
    (at && records[lanes.all[at.lane]?.indexes[at.at] ?? -1]) ?? null;
  const record = recordAt(here);
  const time = here && (lanes.all[here.lane]?.times[here.at] ?? null);

  const show = (next: Stretch) => setWanted(all && next.to - next.from >= all.to - all.from ? null : next);
  const zoom = (factor: number, about?: number) => {
    if (stretch && all) show(zoomed(stretch, factor, about ?? time ?? (stretch.from + stretch.to) / 2, all));
  };
  const open = (one: Record | null) => one && panel.reveal(one.id);

  const pointer = usePointer({
    plot,
    onClick(x, lane) {
      if (!scale) return;
      const found = nearest(lanes.all, lane, timeOf(x, scale));
      const at = found && lanes.all[found.lane]?.times[found.at];
      if (at === undefined || at === null || Math.abs(xOf(at, scale) - x) > REACH) return;
      setCursor(found);
      open(recordAt(found));
    },
    onHover(x, lane) {
      const found = scale && nearest(lanes.all, lane, timeOf(x, scale));
      const at = found && lanes.all[found.lane]?.times[found.at];
      if (scale && found && at !== undefined && at !== null && Math.abs(xOf(at, scale) - x) <= REACH) setCursor(found);
    },
    onRange: (one, other) => scale && all && show(between(timeOf(one, scale), timeOf(other, scale), all)),
    onZoom: (factor, x) => scale && zoom(factor, timeOf(x, scale)),
    onPan: share => stretch && all && show(panned(stretch, share, all)),
  });

  function go(next: Cursor | null): void {
    const at = next && lanes.all[next.lane]?.times[next.at];
    if (!next || at === undefined || at === null || !stretch || !all) return;
    setCursor(next);
    show(showing(stretch, at, all));
    document.getElementById(`lane-${next.lane}`)?.scrollIntoView({ block: 'nearest' });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (
      event.target !== event.currentTarget ||
      event.altKey ||
      event.ctrlKey ||
      event.metaKey ||
      !stretch ||
      !all ||
      !scale
    )
      return;
    const from = here ?? nearest(lanes.all, 0, stretch.from);
    if (!from) return;
    const apart = timeOf(COLUMN, scale) - scale.from;
    const keys: { [key: string]: () => void } = {
      ArrowRight: () => go(stepped(lanes.all, from, 1, apart)),
      ArrowLeft: () => go(stepped(lanes.all, from, -1, apart)),
      ArrowDown: () => go(here ? moved(lanes.all, from, 1) : from),
      ArrowUp: () => go(moved(lanes.all, from, -1)),
      Home: () => go({ lane: from.lane, at: 0 }),
      End: () => go({ lane: from.lane, at: (lanes.all[from.lane]?.times.length ?? 1) - 1 }),
      PageUp: () => show(panned(stretch, -0.8, all)),
      PageDown: () => show(panned(stretch, 0.8, all)),
      '+': () => zoom(0.5),
      '=': () => zoom(0.5),
      '-': () => zoom(2),
      '0': () => setWanted(null),
      Enter: () => open(record),
    };
    const run = keys[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  }

  if (!all || !scale) {
    return (
      <div class="empty" role="status">
        <h2>{t('timelineEmptyTitle')}</h2>
        <p>{t('timelineEmptyText')}</p>
      </div>
    );
  }
  const cursorX = time === null ? null : xOf(time, scale);
  const rest = lanes.all.length - pictures.length;
  return (
    <div class="timeline" aria-busy={!isWhole}>
      <div class="tools">{legend}</div>
      <div
        class="plots"
        role="application"
        aria-label={t('view_timeline')}
        aria-describedby="timeline-keys timeline-here"
        tabIndex={0}
        onKeyDown={onKeyDown}
        {...pointer.handlers}
      >
        <div class="lane head">
          <div class="zoom">
            <Zoom icon="zoomIn" label={t('zoomIn')} onClick={() => zoom(0.5)} />
            <Zoom icon="zoomOut" label={t('zoomOut')} onClick={() => zoom(2)} />
            <Zoom icon="zoomAll" label={t('zoomAll')} disabled={wanted === null} onClick={() => setWanted(null)} />
          </div>
          <div class="plot" dir="ltr" ref={plot}>
            {head}
          </div>
        </div>
        <div class="lanes">
          {grid}
          {pictures.map((picture, lane) => (
            <Lane
              key={picture.name}
              lane={lane}
              picture={picture}
              width={width}
              cursor={here?.lane === lane ? cursorX : null}
              range={pointer.range}
            />
          ))}
        </div>
        {rest > 0 && width > 0 && (
          <button type="button" class="button quiet" onClick={() => setShown(shown + SHOWN)}>
            {t('showMore', number(rest))}
          </button>
        )}
      </div>
      <p class="here">
        <span id="timeline-here" role="status" class="grow">
          {record ? <Here record={record} /> : t('timelineHint')}
        </span>
        {record && (
          <button type="button" class="button" onClick={() => open(record)}>
            {t('nextSee')}
          </button>
        )}
      </p>
      <span id="timeline-keys" class="unseen">
        {t('timelineKeys')}
      </span>
    </div>
  );
}

interface ZoomProps {
  icon: IconName;
  label: string;
  disabled?: boolean;
  onClick: () => void;
}

function Zoom({ icon, label, disabled, onClick }: ZoomProps) {
  return (
    <button type="button" class="button quiet" aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

function Here({ record }: { record: Record }) {
  const { time, stream, instrument, experiment, api, action, decision } = record;
  const subject = stream ?? instrument ?? experiment;
  return (
    <>
      <b>{clock(time)}</b> <bdi>{visible(subject ?? api, 120)}</bdi> {action && <bdi>{visible(action, 80)}</bdi>}{' '}
      <span class="more">{explainDecision(decision)}</span>
    </>
  );
}

function Legend() {
  return (
    <ul class="plain legend grow">
      {MARKS.toReversed().map(mark => (
        <li key={mark}>
          <svg width="4" height="18" aria-hidden="true">
            <rect class="mark" data-mark={mark} y={18 - HEIGHTS[mark]} width="4" height={HEIGHTS[mark]} />
          </svg>
          {t(`mark_${mark}`)}
        </li>
      ))}
      <li>
        <svg width="16" height="18" aria-hidden="true">
          <rect class="waits" y="14" width="16" height="2" />
        </svg>
        {t('mark_waits')}
      </li>
      <li>
        <svg width="4" height="18" aria-hidden="true">
          <rect class="forced" y="8" width="4" height="3" />
        </svg>
        {t('mark_forced')}
      </li>
    </ul>
  );
}
