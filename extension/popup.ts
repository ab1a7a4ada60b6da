import { startPopup } from '../src/panel/popup/main.tsx';

const root = document.getElementById('root');
if (root) void startPopup(root);
