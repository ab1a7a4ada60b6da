/** The keys of the panel, by where they work, as the list of keys shows them. */
export const KEYS = [
  {
    where: 'everywhere',
    keys: [
      { does: 'list', press: ['?'] },
      { does: 'off', press: ['Alt', 'Shift', 'O'] },
      { does: 'flush', press: ['Alt', 'Shift', 'U'] },
      { does: 'view', press: ['←', '→'] },
    ],
  },
  {
    where: 'events',
    keys: [
      { does: 'search', press: ['/'] },
      { does: 'found', press: ['n', 'N'] },
      { does: 'pause', press: ['Shift', 'P'] },
      { does: 'row', press: ['↑', '↓', 'k', 'j'] },
      { does: 'details', press: ['Enter'] },
      { does: 'close', press: ['Esc'] },
      { does: 'ends', press: ['Home', 'End'] },
    ],
  },
  {
    where: 'timeline',
    keys: [
      { does: 'mark', press: ['←', '→'] },
      { does: 'lane', press: ['↑', '↓'] },
      { does: 'zoom', press: ['+', '-', '0'] },
      { does: 'pan', press: ['PgUp', 'PgDn'] },
      { does: 'open', press: ['Enter'] },
    ],
  },
  {
    where: 'trees',
    keys: [
      { does: 'node', press: ['↑', '↓'] },
      { does: 'fold', press: ['←', '→'] },
    ],
  },
] as const;
