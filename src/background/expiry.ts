/** Overrides end by themselves: one alarm a tab, which wakes the background. */

import type { Browser } from 'webextension-polyfill';
import type { Override } from '../record/override.ts';

const PREFIX = 'override:';

export const isExpiry = (alarm: { name: string }): boolean => alarm.name.startsWith(PREFIX);

/** Makes the alarms agree with the overrides in force. */
export async function setAlarms(browser: Browser, overrides: Map<number, Override>): Promise<void> {
  const wanted = new Map([...overrides].map(([tab, { until }]) => [PREFIX + tab, until]));
  for (const alarm of await browser.alarms.getAll()) {
    if (!isExpiry(alarm)) continue;
    if (wanted.get(alarm.name) === alarm.scheduledTime) wanted.delete(alarm.name);
    else if (!wanted.has(alarm.name)) await browser.alarms.clear(alarm.name);
  }
  for (const [name, when] of wanted) browser.alarms.create(name, { when });
}
