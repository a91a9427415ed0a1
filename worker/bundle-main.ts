import { getWorkflowBundle } from './bundle.ts';

// Run where an image is built: in a container nothing can be written beside the code.
await getWorkflowBundle();
