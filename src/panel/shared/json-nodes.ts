import type { Json } from '../../record/record.ts';
import { below, stepsOf } from '../../platform/pointer.ts';

/** One line of the tree. `more`: so many of the parent's members are not shown yet. */
export type Node = {
  /** JSON Pointer (RFC 6901). */
  path: string;
  depth: number;
  /** The member's name or index; null for the root. */
  key: string | null;
} & (
  | { kind: 'leaf'; value: Json }
  | { kind: 'branch'; value: Json; size: number; list: boolean; open: boolean }
  | { kind: 'more'; hidden: number }
);

export interface TreeState {
  /** Branches that are not as `opensAtFirst` has them. */
  toggled: ReadonlySet<string>;
  /** How many members of a branch are shown, where it is not `PAGE`. */
  shown: ReadonlyMap<string, number>;
}

/** What is to be said beside a line. */
export interface Mark {
  tone: 'error' | 'warning' | 'quiet';
  text: string;
}

/** Marks by JSON Pointer. */
export type Marks = ReadonlyMap<string, readonly Mark[]>;

/** A branch shows this many members at first, and as many more with each request. */
export const PAGE = 100;
/** Deeper branches than this are closed at first; so are large ones. */
const OPEN_DEPTH = 4;
const OPEN_SIZE = 40;

/** The lines of a value, top to bottom, as far as branches are open. */
export function nodesOf(root: Json, { toggled, shown }: TreeState): Node[] {
  const nodes: Node[] = [];

  function add(value: Json, key: string | null, path: string, depth: number): void {
    if (typeof value !== 'object' || value === null) {
      nodes.push({ kind: 'leaf', path, depth, key, value });
      return;
    }
    const list = Array.isArray(value);
    const keys = list ? value : Object.keys(value);
    const size = keys.length;
    const open = size > 0 && (depth === 0 || (depth < OPEN_DEPTH && size <= OPEN_SIZE)) !== toggled.has(path);
    nodes.push({ kind: 'branch', path, depth, key, value, size, list, open });
    if (!open) return;
    const end = Math.min(size, shown.get(path) ?? PAGE);
    for (let i = 0; i < end; i++) {
      const name = list ? String(i) : String(keys[i]);
      const member = list ? value[i] : (value as { [key: string]: Json })[name];
      add(member ?? null, name, below(path, name), depth + 1);
    }
    if (end < size)
      nodes.push({ kind: 'more', path: `${path}/~more`, depth: depth + 1, key: null, hidden: size - end });
  }

  add(root, null, '', 0);
  return nodes;
}

/** The same state with everything open and shown that hides the line at this path. */
export function revealed(root: Json, state: TreeState, path: string): TreeState {
  const toggled = new Set(state.toggled);
  const shown = new Map(state.shown);
  const steps = stepsOf(path) ?? [];
  let above = '';
  for (const step of steps) {
    const node = nodesOf(root, { toggled, shown }).find(one => one.path === above);
    if (node?.kind !== 'branch') break;
    if (!node.open && !toggled.delete(above)) toggled.add(above);
    const at = node.list ? Number(step) : Object.keys(node.value as object).indexOf(step);
    if (at >= (shown.get(above) ?? PAGE)) shown.set(above, at + 1);
    above = below(above, step);
  }
  return { toggled, shown };
}

/** The path of the branch that a line belongs to; null for the root. */
export function parentOf(path: string): string | null {
  const cut = path.lastIndexOf('/');
  return cut < 0 ? null : path.slice(0, cut);
}
