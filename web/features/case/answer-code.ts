/** An agency's answer in its own words: whoever takes note of a plan has not carried anything out yet. */
export const answerCode = (kind: string, answer: string): string =>
  kind === 'acknowledgePlan' && answer === 'done' ? 'doneAcknowledge' : answer;
