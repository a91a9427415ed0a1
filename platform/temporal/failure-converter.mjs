// Plain JavaScript: the SDK loads it by `require`, also from the test runner, where no TypeScript loader is at hand.
import { DefaultFailureConverter } from '@temporalio/common';

/** Messages and stacks of failures travel sealed like every payload: without this they lie in the engine in clear. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
