// A thread inherits no loader of TypeScript from its process on Node.js 20: it registers its own.
import { register } from 'tsx/esm/api';

register();
await import('./simulate-thread.ts');
