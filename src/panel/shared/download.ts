/** Gives the user a text as a file. */
export function download(name: string, text: string, type = 'application/json'): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  // The browser may read it only after a question to the user.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
