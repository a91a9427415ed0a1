import type { Day } from '../calendar/day.ts';
import type { Command } from '../commands/command.ts';
import type { Advice } from './decision.ts';
import { sceneOf } from './duties.ts';
import { gridDuties } from './duties/grid-duties.ts';
import type { NewFact } from './fact.ts';
import type { CaseState } from './fold.ts';
import { registeredRequests } from './register.ts';
import { agenciesNotSent, responsibleAgencies } from './plans.ts';
import { isAct, readingOn } from './reading.ts';
import type { Setting } from './reading.ts';
import { say } from './words.ts';

/** An act of a grid that has a window missed for good, without a note: the reason is asked for. */
export const reasonAdvices = (
  next: CaseState,
  fact: NewFact | undefined,
  today: Day,
  { regulation, calendar }: Setting,
): Advice[] =>
  Object.values(regulation.duties).flatMap((rule) => {
    if (!fact || rule.form !== 'grid') return [];
    if (!rule.acts.some((act) => isAct(fact, act))) return [];
    const scene = sceneOf(next, regulation, calendar, { asOf: today, horizon: today });
    return gridDuties(rule, scene)
      .filter(({ reasonIn }) => reasonIn === null)
      .map(({ what }) => ({
        code: 'advice.reason-asked',
        clause: rule.clause,
        text: say(
          'Промежуток был упущен ({what}): укажите причину в примечании.',
          'A window was missed ({what}): give the reason in the note.',
          { what },
        ),
      }));
  });

/** An answer that names a request which nobody registered serves none. */
const answerAdvices = (state: CaseState, command: Command): Advice[] => {
  if (command.fact !== 'answerRegistered' || typeof command.data['to'] !== 'string') return [];
  const known = registeredRequests(state.facts).some(({ number }) => number === command.data['to']);
  return known
    ? []
    : [
        {
          code: 'advice.unknown-request',
          clause: null,
          text: say(
            'Запроса № {number} в деле нет: ответ записан, но ни один запрос им не закрыт.',
            'The case has no request {number}: the answer is recorded and closes none.',
            { number: command.data['to'] },
          ),
        },
      ];
};

/** A report that no duty of the regulation asks for under this name performs none. */
const reportAdvices = ({ data }: Command, { regulation }: Setting): Advice[] => {
  const asked = Object.values(regulation.duties).flatMap((rule) => (rule.form === 'calendar' ? rule.met : []));
  if (asked.some((act) => isAct({ kind: 'reportSubmitted', data }, act))) return [];
  const names = asked.flatMap(({ where }) => where?.['report']?.slice(0, 1) ?? []);
  return [
    {
      code: 'advice.unknown-report',
      clause: null,
      text: names.length
        ? say(
            'Такого отчёта положение не требует: ни один срок им не закрыт. Отчёты: {codes}.',
            'The regulation asks for no such report: it closes no term. Its reports: {codes}.',
            { codes: names.join(', ') },
          )
        : say('Такого отчёта положение не требует.', 'The regulation asks for no such report.'),
    },
  ];
};

/** What a plan, its sending, an answer or a suspension leaves open: nothing that a clause would refuse. */
export const planAdvices = (state: CaseState, command: Command, setting: Setting): Advice[] => {
  const { plan, plans } = readingOn(state.facts, command.on, setting);
  if ((command.command === 'sendPlan' || (command.command === 'correctPlan' && plan?.dispatch)) && plan) {
    const left = agenciesNotSent(plan);
    const foreign = ((command.data['to'] ?? []) as string[]).filter(
      (agency) => !responsibleAgencies(plan).includes(agency),
    );
    return [
      ...(left.length
        ? [
            {
              code: 'advice.not-sent-to-all',
              clause: null,
              text: say('План ещё не отправлен: {codes}.', 'The plan has not been sent yet to: {codes}.', {
                codes: left.join(', '),
              }),
            },
          ]
        : []),
      ...(foreign.length
        ? [
            {
              code: 'advice.not-in-plan',
              clause: null,
              text: say(
                'Среди ответственных по плану нет: {codes}.',
                'Not among those responsible in the plan: {codes}.',
                { codes: foreign.join(', ') },
              ),
            },
          ]
        : []),
    ];
  }
  if (command.command === 'submitReport') return reportAdvices(command, setting);
  if (command.fact === 'answerRegistered') return answerAdvices(state, command);
  if (command.command === 'draftPlan') {
    const draft = plans.at(-1);
    const beyond = draft?.measures.filter(({ dueOn }) => dueOn && draft.until && dueOn > draft.until) ?? [];
    return beyond.length
      ? [
          {
            code: 'advice.outside-plan-term',
            clause: null,
            text: say(
              'Срок мероприятий {ids} позже срока плана.',
              'Measures {ids} are due after the end of the plan.',
              { ids: beyond.map(({ id }) => id).join(', ') },
            ),
          },
        ]
      : [];
  }
  if (command.command === 'suspend' && !setting.regulation.house.suspendable.length) {
    return [
      {
        code: 'advice.suspension-moves-nothing',
        clause: null,
        text: say(
          'Приостановление записано. Текст его не знает, поэтому ни один срок не сдвигается.',
          'The suspension is recorded. The text does not know it, so no day moves.',
        ),
      },
    ];
  }
  return [];
};
