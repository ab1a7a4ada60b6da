/**
 * Puts text on the clipboard. Chrome forbids `navigator.clipboard` in a DevTools panel by permissions policy
 * (https://issues.chromium.org/issues/41489227), so a selection is copied where it refuses.
 */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'unseen';
    const focused = document.activeElement;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
    return done;
  }
}
