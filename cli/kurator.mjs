#!/usr/bin/env node
// Registers TypeScript and runs the command: no build step, no server.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2));
