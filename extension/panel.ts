import { followTheme } from '../src/panel/theme.ts';
import '../src/panel/base.css';

/** The panel's code takes longer than all before it: what the document has is drawn first, where it is seen at all. */
function afterFirstPicture(run: () => void): void {
  if (document.visibilityState === 'visible') requestAnimationFrame(() => setTimeout(run));
  else run();
}

followTheme();
const root = document.getElementById('root');
if (root) afterFirstPicture(async () => (await import('../src/panel/main.tsx')).startPanel(root));
