/** Lets the panel draw, answer and take what comes, before a long job goes on. */
export const pause = (): Promise<void> => new Promise(resolve => setTimeout(resolve));
