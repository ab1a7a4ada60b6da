/** The guest's text, bundled by `guest-plugin.ts`. */
declare module 'virtual:validation-guest' {
  const guest: string;
  export default guest;
}
