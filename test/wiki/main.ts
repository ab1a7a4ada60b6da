/** `npm run wiki -- [--port N]`: the embedded wiki alone. The first line on standard output is its URL. */

import { parseArgs } from 'node:util';
import { startWiki } from './index.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, linger: { type: 'string' } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`--port ${values.port} is not a port: give a number from 0 (any free one) to 65535.`);
  process.exit(2);
}
try {
  const wiki = await startWiki({ port, ...(values.linger ? { lingerSeconds: Number(values.linger) } : {}) });
  console.log(wiki.url);
} catch (error) {
  console.error(`The wiki cannot listen on port ${port}: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
