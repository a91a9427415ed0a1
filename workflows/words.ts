import type { Standing } from '../activities/contract.ts';
import type { StageCode } from '../domain/case/stage.ts';

/** What Temporal's own pages show of a case: words of this catalogue, codes and days, and nothing else. */
const stageWords: Record<StageCode, string> = {
  diagnostic: 'диагностико-поисковый этап · diagnostic stage',
  contract: 'договорный этап · contract stage',
  activity: 'деятельностный этап · activity stage',
  reflective: 'рефлексивный этап · reflective stage',
  postSupport: 'постсопровождение · post-support',
};

export function describeStanding(standing: Standing): string {
  if (standing.closed) return 'Сопровождение окончено · Support has ended';
  const lines = [standing.stage ? stageWords[standing.stage] : 'этап не начат · no stage yet'];
  if (standing.awaited.length > 0) lines.push(`ждём · awaited: ${standing.awaited.join(', ')}`);
  if (standing.nextDueOn) lines.push(`ближайший срок · next due: ${standing.nextDueOn}`);
  if (standing.nextWakeAt) lines.push(`проснётся · wakes: ${standing.nextWakeAt}`);
  if (standing.actions.length > 0) lines.push(`отправляется · being sent: ${standing.actions.length}`);
  return lines.join('\n\n');
}
