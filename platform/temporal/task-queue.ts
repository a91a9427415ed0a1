/** For the worker, which knows the workflows by path only. */
export { taskQueue } from '../../workflows/messages.ts';
