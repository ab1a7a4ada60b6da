import browser from 'webextension-polyfill';
import { t } from '../src/panel/i18n.ts';

void browser.devtools.panels.create(t('panelTitle'), '/icons/32.png', '/panel.html');
