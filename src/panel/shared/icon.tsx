import {
  cdxIconAlert,
  cdxIconArrowDown,
  cdxIconArrowNext,
  cdxIconArrowUp,
  cdxIconBlock,
  cdxIconBookmark,
  cdxIconCheck,
  cdxIconClock,
  cdxIconClose,
  cdxIconCopy,
  cdxIconDie,
  cdxIconDownload,
  cdxIconEllipsis,
  cdxIconFlag,
  cdxIconFullscreen,
  cdxIconHelp,
  cdxIconLightbulb,
  cdxIconHighlight,
  cdxIconKeyboard,
  cdxIconNewWindow,
  cdxIconNext,
  cdxIconPause,
  cdxIconPlay,
  cdxIconReload,
  cdxIconSearch,
  cdxIconSettings,
  cdxIconSuccess,
  cdxIconTable,
  cdxIconTrash,
  cdxIconUndo,
  cdxIconUpload,
  cdxIconZoomIn,
  cdxIconZoomOut,
} from '@wikimedia/codex-icons';

/** What the panel means, by the icon of Wikimedia's Codex that says it: only those named here are bundled. */
const ICONS = {
  accepted: cdxIconCheck,
  dropped: cdxIconBlock,
  waiting: cdxIconClock,
  answered: cdxIconArrowNext,
  unknown: cdxIconHelp,
  wrong: cdxIconClose,
  warning: cdxIconAlert,
  info: cdxIconLightbulb,
  success: cdxIconSuccess,
  held: cdxIconPause,
  sent: cdxIconArrowNext,
  forced: cdxIconFlag,
  zoomAll: cdxIconFullscreen,
  sampled: cdxIconDie,
  load: cdxIconReload,
  hole: cdxIconEllipsis,
  flush: cdxIconUpload,
  clear: cdxIconTrash,
  undo: cdxIconUndo,
  pause: cdxIconPause,
  play: cdxIconPlay,
  settings: cdxIconSettings,
  keyboard: cdxIconKeyboard,
  window: cdxIconNewWindow,
  close: cdxIconClose,
  copy: cdxIconCopy,
  save: cdxIconDownload,
  open: cdxIconNext,
  down: cdxIconArrowDown,
  up: cdxIconArrowUp,
  search: cdxIconSearch,
  mark: cdxIconHighlight,
  saved: cdxIconBookmark,
  columns: cdxIconTable,
  zoomIn: cdxIconZoomIn,
  zoomOut: cdxIconZoomOut,
} as const;

export type IconName = keyof typeof ICONS;

/** An icon of Codex: its paths as SVG, and whether it points the other way where texts run from right to left. */
type Drawn = string | { ltr: string; shouldFlip?: boolean };

/** One path for all of an icon's: https://doc.wikimedia.org/codex/latest/icons/overview.html has them as markup. */
function draw(icon: Drawn): { path: string; flips: boolean } {
  const markup = typeof icon === 'string' ? icon : icon.ltr;
  const path = [...markup.matchAll(/ d="([^"]+)"/g)].map(([, d]) => d).join('');
  return { path, flips: typeof icon !== 'string' && icon.shouldFlip === true };
}

const DRAWN = Object.fromEntries(Object.entries<unknown>(ICONS).map(([name, icon]) => [name, draw(icon as Drawn)])) as {
  [N in IconName]: ReturnType<typeof draw>;
};

/** In a list's line: an icon that keeps its place. */
const NOTHING = { path: undefined, flips: false };

/** An icon says nothing to a screen reader: what it means stands beside it, or in its parent's label. */
export function Icon({ name }: { name: IconName | null }) {
  const { path, flips } = name === null ? NOTHING : DRAWN[name];
  return (
    <svg class="icon" data-flips={flips || undefined} viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
      <path d={path} fill="currentColor" />
    </svg>
  );
}
