#!/usr/bin/env node
// Registers TypeScript and runs the command: no build step, no server.
import { register } from 'tsx/esm/api';

// A reader that has seen enough (`| head`) closes the pipe: that is no fault.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

register();
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2));
