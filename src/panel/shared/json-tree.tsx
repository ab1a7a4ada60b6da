import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Json } from '../../record/record.ts';
import { number, t } from '../i18n.ts';
import { Icon } from './icon.tsx';
import { type Marks, type Node, nodesOf, PAGE, parentOf, revealed } from './json-nodes.ts';
import { visible } from './text.ts';
import './json-tree.css';

/** So much of a string is shown at first; each request shows ten times as much. */
const STRING = 500;

interface Props {
  value: Json;
  label: string;
  marks?: Marks;
  /** The member that is to be shown now: what hides it is opened. Another object shows it once more. */
  target?: { path: string; /** The focus stays where it is. */ quiet?: boolean } | null;
  /** Lines that are looked for, by JSON Pointer. */
  found?: ReadonlySet<string>;
  /** A word beside a line, such as who set it, by JSON Pointer. */
  tags?: ReadonlyMap<string, Tag>;
  /** The line under the cursor is another. */
  onActive?: (path: string) => void;
}

export interface Tag {
  kind: string;
  text: string;
}

const NO_MARKS: Marks = new Map();
const NO_TAGS: ReadonlyMap<string, Tag> = new Map();
const NOT_FOUND: ReadonlySet<string> = new Set();

/** JSON as a tree (https://www.w3.org/WAI/ARIA/apg/patterns/treeview/): all of it is text, whatever a page put into it. */
export function JsonTree(props: Props) {
  const { value, label, marks = NO_MARKS, target = null, found = NOT_FOUND, tags = NO_TAGS, onActive } = props;
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState<ReadonlyMap<string, number>>(new Map());
  const [active, setActive] = useState('');
  const tree = useRef<HTMLDivElement>(null);
  const nodes = useMemo(() => nodesOf(value, { toggled, shown }), [value, toggled, shown]);
  const at = Math.max(
    0,
    nodes.findIndex(node => node.path === active),
  );

  useLayoutEffect(() => {
    if (!target) return;
    const next = revealed(value, { toggled, shown }, target.path);
    setToggled(next.toggled);
    setShown(next.shown);
    setActive(target.path);
  }, [target]);

  useLayoutEffect(() => {
    if (!target || active !== target.path) return;
    if (!target.quiet) tree.current?.focus({ preventScroll: true });
    lineAt(target.path)?.scrollIntoView({ block: target.quiet ? 'nearest' : 'center' });
  }, [target, active]);
  useLayoutEffect(() => onActive?.(active), [active]);

  const lineAt = (path: string) => tree.current?.querySelector(`[data-path="${CSS.escape(path)}"]`);

  function go(index: number): void {
    const node = nodes[Math.min(Math.max(index, 0), nodes.length - 1)];
    if (!node) return;
    setActive(node.path);
    lineAt(node.path)?.scrollIntoView({ block: 'nearest' });
  }

  function toggle(path: string): void {
    const next = new Set(toggled);
    if (!next.delete(path)) next.add(path);
    setToggled(next);
  }

  function showMore(path: string, factor: (old: number) => number, first: number): void {
    setShown(new Map(shown).set(path, factor(shown.get(path) ?? first)));
  }

  function act(node: Node): void {
    setActive(node.path);
    if (node.kind === 'branch') toggle(node.path);
    if (node.kind === 'more') showMore(parentOf(node.path) ?? '', old => old + PAGE, PAGE);
    if (node.kind === 'leaf' && isCut(node.value, shown.get(node.path))) showMore(node.path, old => old * 10, STRING);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const node = nodes[at];
    if (!node || event.altKey || event.ctrlKey || event.metaKey) return;
    const open = node.kind === 'branch' && node.open;
    const closed = node.kind === 'branch' && !node.open && node.size > 0;
    const keys: { [key: string]: () => void } = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      Home: () => go(0),
      End: () => go(nodes.length - 1),
      ArrowRight: () => (closed ? act(node) : go(at + 1)),
      ArrowLeft: () => (open ? act(node) : go(nodes.findIndex(other => other.path === parentOf(node.path)))),
      Enter: () => act(node),
      ' ': () => act(node),
    };
    const run = keys[event.key];
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  }

  return (
    <div
      class="json"
      role="tree"
      aria-label={label}
      tabIndex={0}
      ref={tree}
      onKeyDown={onKeyDown}
      aria-activedescendant={`json-${at}`}
    >
      {nodes.map((node, index) => (
        <div
          key={node.path}
          id={`json-${index}`}
          class="node"
          role="treeitem"
          data-path={node.path}
          data-mark={marks.get(node.path)?.[0]?.tone}
          data-hides={hides(node, marks) || undefined}
          data-found={found.has(node.path) || undefined}
          data-tag={tags.get(node.path)?.kind}
          aria-level={node.depth + 1}
          aria-selected={index === at}
          aria-expanded={node.kind === 'branch' && node.size > 0 ? node.open : undefined}
          style={{ '--depth': Math.min(node.depth, 20) }}
          onClick={() => act(node)}
        >
          <Line node={node} limit={shown.get(node.path) ?? STRING} />
          {tags.has(node.path) && <span class="tag">{tags.get(node.path)?.text}</span>}
          {marks.get(node.path)?.map(({ tone, text }) => (
            <span key={text} class="remark" data-tone={tone}>
              {text}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

/** Whether a closed branch has marks within. */
function hides(node: Node, marks: Marks): boolean {
  return node.kind === 'branch' && !node.open && [...marks.keys()].some(path => path.startsWith(`${node.path}/`));
}

function Line({ node, limit }: { node: Node; limit: number }) {
  if (node.kind === 'more') return <span class="link">{t('treeMore', number(node.hidden))}</span>;
  return (
    <>
      {node.kind === 'branch' && node.size > 0 && <Icon name="open" />}
      {node.key !== null && (
        <>
          <bdi class="key">{visible(node.key)}</bdi>
          <span class="colon">: </span>
        </>
      )}
      {node.kind === 'branch' ? <Summary node={node} /> : <Leaf value={node.value} limit={limit} />}
    </>
  );
}

function Summary({ node }: { node: Node & { kind: 'branch' } }) {
  const [first, last] = node.list ? ['[', ']'] : ['{', '}'];
  if (node.size === 0) return <span class="brackets">{first + last}</span>;
  return (
    <span class="brackets">
      {first}
      {!node.open && <span class="size">{number(node.size)}</span>}
      {!node.open && last}
    </span>
  );
}

function Leaf({ value, limit }: { value: Json; limit: number }) {
  if (typeof value !== 'string')
    return (
      <span class={typeof value === 'boolean' ? 'boolean' : value === null ? 'null' : 'number'}>{String(value)}</span>
    );
  return (
    <>
      <bdi class="string">"{visible(value, limit)}"</bdi>
      {isCut(value, limit) && <span class="link">{t('treeLong', number(value.length))}</span>}
    </>
  );
}

function isCut(value: Json, limit = STRING): boolean {
  return typeof value === 'string' && value.length > limit;
}
