import { writeFile } from 'node:fs/promises';
import { buildApp } from './app.ts';
import type { Services } from './services/services.ts';

/** Writes the OpenAPI document to the file named, or to standard output: `npm run openapi -- web/openapi.json`. */
const [file] = process.argv.slice(2);
// Routes are only described here, never called, so nothing stands behind them and no server is needed.
const describedOnly = () => Promise.reject(new Error('only described'));
const app = await buildApp({
  services: {} as Services,
  signIn: {
    handle: describedOnly,
    attempts: { begin: describedOnly, end: describedOnly },
    origin: 'http://localhost',
    clientAddressHeader: 'x',
  },
  publicUrl: 'http://localhost',
  pages: import.meta.dirname,
});
await app.ready();
const document = `${JSON.stringify(app.swagger(), null, 2)}\n`;
await app.close();
if (file) await writeFile(file, document);
else process.stdout.write(document);
