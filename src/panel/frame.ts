/** Runs before the next picture; soon, where the panel is hidden and no picture is drawn: its log goes on all the same. */
export function frame(run: () => void): void {
  if (document.visibilityState === 'visible') requestAnimationFrame(run);
  else later(run, 50);
}

export function later(run: () => void, milliseconds: number): void {
  setTimeout(run, milliseconds);
}
