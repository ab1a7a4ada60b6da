/**
 * Chromium's own permission prompt is no web content: the protocol for its user interface reaches it, headless too.
 * @see https://chromium.googlesource.com/chromium/src/+/main/docs/ui/ui_devtools/index.md
 */

/** Without these the prompt can neither be seen nor pressed. */
export const PROMPT_SWITCHES = [
  '--enable-ui-devtools=0',
  // The browser's own benchmarks press its buttons so.
  '--enable-features=ui-debug-tools-enable-synthetic-events',
];

/** Chromium writes the port that it chose there. */
export const PORT_FILE = 'UIDevToolsActivePort';

/**
 * Runs in any document or worker: presses the button that accepts, until the prompt has gone.
 * @param port of the protocol
 * @returns the prompt's texts; none where there is no prompt (yet)
 */
export async function pressAccept(port: number): Promise<string> {
  interface View {
    nodeId: number;
    attributes?: string[];
    children?: View[];
  }
  const socket = new WebSocket(`ws://127.0.0.1:${port}/0`);
  const answers = new Map<number, (result: unknown) => void>();
  socket.onmessage = ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { id?: number; result?: unknown };
    if (id !== undefined) answers.get(id)?.(result);
  };
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('The browser shows nothing of its user interface: see PROMPT_SWITCHES'));
  });
  let last = 0;
  const ask = <T>(method: string, params: object = {}): Promise<T> => {
    const id = ++last;
    socket.send(JSON.stringify({ id, method, params }));
    return new Promise(resolve => answers.set(id, resolve as (result: unknown) => void));
  };
  const is = (view: View, name: string) => view.attributes?.includes(name) ?? false;
  const within = (view: View): View[] => [view, ...(view.children ?? []).flatMap(within)];
  const prompt = async () => {
    const { root } = await ask<{ root: View }>('DOM.getDocument');
    return within(root).find(view => is(view, 'ExtensionInstallDialogView'));
  };
  const textOf = async (nodeId: number) => {
    const text = JSON.stringify(await ask('CSS.getMatchedStylesForNode', { nodeId }));
    return /"name":"Text","value":("(?:[^"\\]|\\.)*")/.exec(text)?.[1] ?? '""';
  };

  await ask('DOM.enable');
  await ask('CSS.enable');
  let text = '';
  for (let shown = await prompt(); shown; shown = await prompt()) {
    const views = within(shown);
    if (!text) {
      const texts = await Promise.all(views.filter(view => is(view, 'Label')).map(({ nodeId }) => textOf(nodeId)));
      text = texts.map(one => JSON.parse(one) as string).join('\n');
    }
    const nodeId = views.findLast(view => is(view, 'MdTextButton'))?.nodeId;
    for (const type of ['mousePressed', 'mouseReleased']) {
      await ask('DOM.dispatchMouseEvent', {
        nodeId,
        event: { type, x: 9, y: 9, button: 'left', wheelDirection: 'none' },
      });
    }
  }
  socket.close();
  return text;
}
