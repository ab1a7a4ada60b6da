/** What pages of the wiki use beside pages and clients: the script of a worker. */

/**
 * A worker of any kind: runs each source that it is sent, and answers with its value; a refused promise is `failed`.
 * The source may be an expression whose value is a promise.
 */
export const WORKER = `'use strict';
const run = async source => {
  try { return await (0, eval)(source); } catch (error) { return 'failed: ' + error; }
};
if ('onconnect' in self) {
  self.onconnect = ({ ports: [port] }) => { port.onmessage = async ({ data }) => port.postMessage(await run(data)); };
} else {
  if ('clients' in self) {
    self.oninstall = () => self.skipWaiting();
    self.onactivate = event => event.waitUntil(self.clients.claim());
  }
  self.onmessage = event => {
    const { ports: [port], data } = event;
    const answered = run(data).then(answer => (port ?? self).postMessage(answer));
    event.waitUntil?.(answered);
  };
}
`;
