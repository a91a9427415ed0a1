/** An agency's answer in its own words: whoever takes note of a plan has not carried anything out yet. */
export const answerCode = <Answer extends string>(kind: string, answer: Answer): Answer | 'doneAcknowledge' =>
  kind === 'acknowledgePlan' && answer === 'done' ? 'doneAcknowledge' : answer;
