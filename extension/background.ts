import browser from 'webextension-polyfill';
import { startBackground } from '../src/background/main.ts';

startBackground(browser);
