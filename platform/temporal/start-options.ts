/**
 * How a case's workflow is started, by whoever starts it: an open one is left as it is, an ended one starts anew from
 * the records. 5 s for a workflow task: after a kill its command waits no longer than that for another worker.
 */
export const startCaseOptions = (caseId: string, taskQueue: string) =>
  ({
    workflowId: caseId,
    taskQueue,
    args: [{ caseId }] as [{ caseId: string }],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowTaskTimeout: '5 seconds',
    staticSummary: 'Сопровождение семьи · Support of a family',
  }) as const;
