import { startPanel } from '../src/panel/main.tsx';

const root = document.getElementById('root');
if (root) void startPanel(root);
