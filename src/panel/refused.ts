export { isRefused } from '../log/refused.ts';
