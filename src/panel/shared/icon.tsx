/** The panel's own few icons: strokes in a box of 16 by 16, drawn in the colour of the text. */
const PATHS = {
  accepted: 'M3 8.5l3.2 3.2L13 4.8',
  dropped: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM4.2 4.2l7.6 7.6',
  waiting: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 5v3.2l2.2 1.6',
  answered: 'M3 8h9M8.5 4.5L12 8l-3.5 3.5',
  unknown: 'M6 6.2a2 2 0 1 1 2.7 1.9c-.5.2-.7.5-.7 1.1v.3M8 12v.2',
  wrong: 'M4 4l8 8M12 4l-8 8',
  warning: 'M8 2.8L14 13H2zM8 6.5v3.2M8 11.3v.2',
  held: 'M5.5 4v8M10.5 4v8',
  sent: 'M2.5 7.8L13.5 3l-3 10.5L7.7 9.2zM7.7 9.2L13.5 3',
  forced: 'M9 2L3.5 9H8l-1 5 5.5-7H8z',
  load: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3',
  hole: 'M2.5 8h2M6.5 8h3M11.5 8h2',
  flush: 'M8 13V4M4.5 7L8 3.5 11.5 7M3 13.5h10',
  clear: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM4.2 4.2l7.6 7.6',
  settings: 'M2.5 4.5h6M12 4.5h1.5M10.2 2.8v3.4M2.5 11.5h2M8 11.5h5.5M6.2 9.8v3.4',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M6 6h7v7.5H6zM10 3.5H3V11',
  open: 'M6 4l4 4-4 4',
  down: 'M8 3v9M4.5 8.5L8 12l3.5-3.5',
  search: 'M7 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM10 10l3.5 3.5',
} as const;

export type IconName = keyof typeof PATHS;

/** An icon says nothing to a screen reader: what it means stands beside it, or in its parent's label. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.5"
        stroke-linejoin="round"
        stroke-linecap="round"
      />
    </svg>
  );
}
