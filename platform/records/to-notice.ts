import type { Duty, Sentence } from '../../domain/case/duty.ts';
import type { PlannedNotice } from '../../domain/case/plan-notices.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { messageIdOf } from '../mail/message-id.ts';
import type { NoticeTemplate, NoticeVars } from '../mail/templates/notice-vars.ts';
import type { Projection } from './project.ts';
import type { NoticeToWrite } from './write-notices.ts';

export interface NoticeContext {
  /** The id of the case, or of the institution whose own duty it is about. */
  place: string;
  keyring: Keyring;
  /** The case's; `null`: no case's. */
  number: string | null;
  training: boolean;
  projection: Pick<Projection, 'duties' | 'requests'>;
}

/** A planned notice with its template and the few things its mail may say. */
export function toNotice(
  context: NoticeContext,
  planned: PlannedNotice,
): Omit<NoticeToWrite, 'id' | 'sendAt' | 'caseDay'> {
  const duty = context.projection.duties.find(({ key }) => key === planned.dutyKey);
  return {
    ...planned,
    template: templateOf(planned.step),
    vars: varsOf(context, planned, duty),
    messageId: messageIdOf(context.keyring, context.place, planned.key),
  };
}

function templateOf(step: string): NoticeTemplate {
  if (step === 'remind-0') return 'dueToday';
  if (step.startsWith('remind-')) return 'reminder';
  if (step.startsWith('escalate-')) return 'escalation';
  if (step.startsWith('answered')) return 'answered';
  if (step === 'missed') return step;
  if (step === 'undelivered') return 'failed';
  return 'overdue';
}

const longestTitle = 200;
const longestClause = 60;

function varsOf(
  { number, training, projection }: NoticeContext,
  planned: PlannedNotice,
  duty: Duty | undefined,
): NoticeVars {
  const requestId = planned.audience.startsWith('agency:') ? findRequest(projection, planned, duty) : undefined;
  const clause = duty?.clause.slice(0, longestClause) ?? '';
  return {
    caseNumber: number,
    title: duty === undefined ? { ru: planned.dutyKey, en: planned.dutyKey } : short(duty.what),
    clause: clause === '' ? null : clause,
    dueOn: planned.dueOn,
    ...(training ? { training } : {}),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** The request by which the agency was asked: of this entry, else the last one about the same subject. */
function findRequest(
  { requests }: Pick<Projection, 'requests'>,
  planned: PlannedNotice,
  duty: Duty | undefined,
): string | undefined {
  const agency = planned.audience.slice('agency:'.length);
  const own = requests.filter(({ asked }) => asked.agency === agency && asked.subject === duty?.subject);
  return (own.find(({ asked }) => asked.entry === duty?.rootEntry) ?? own.at(-1))?.id;
}

const short = ({ ru, en }: Sentence): Sentence => ({ ru: oneLine(ru), en: oneLine(en) });
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, longestTitle);
