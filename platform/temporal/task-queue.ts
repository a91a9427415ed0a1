/** For the worker, which knows the workflows by path only. */
export { dispatcherSleepMs, taskQueue } from '../../workflows/messages.ts';
