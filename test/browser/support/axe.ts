import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Surface } from '../../../src/cli/browsers/types.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResults {
  violations: { id: string; help: string; nodes: { target: string[]; failureSummary: string }[] }[];
}
type Axe = { run(context: Document, options: object): Promise<AxeResults> };

/** What axe finds against WCAG 2.2 AA in the document as it stands: `<rule>: <selector> <why>`, a line a place. */
export async function violations(panel: Surface): Promise<string[]> {
  await panel.evaluate(`void (globalThis.axe ?? (0, function () { ${AXE} }).call(globalThis))`);
  return panel.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    // A panel is no page with landmarks: DevTools are around it.
    const off = { enabled: false };
    const rules = { region: off, 'landmark-one-main': off, 'page-has-heading-one': off, 'heading-order': off };
    const { violations: found } = await axe.run(document, { runOnly: { type: 'tag', values: tags }, rules });
    return found.flatMap(({ id, help, nodes }) =>
      nodes.slice(0, 5).map(({ target, failureSummary }) => `${id} (${help}): ${target.join(' ')} ${failureSummary}`),
    );
  });
}
