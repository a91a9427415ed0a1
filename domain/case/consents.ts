import type { Condition } from '../regulation/regulation.ts';
import type { Fact } from './fact.ts';
import { responsibleAgencies } from './plans.ts';
import type { Reading } from './reading.ts';
import { wordsIn } from './values.ts';

type ConsentCondition = Extract<Condition, { consent: string }>;
type Command = Readonly<Record<string, unknown>>;

/** The last word on the consent: facts that speak of it, the withdrawals of everything among them. */
const lastWord = ({ facts }: Reading, kind: string, speaks: (fact: Fact) => boolean): Fact | undefined =>
  facts.findLast(
    (fact) =>
      (fact.kind === 'consentGiven' || fact.kind === 'consentWithdrawn') && fact.data['kind'] === kind && speaks(fact),
  );

const ofMember = (reading: Reading, kind: string, member: string): boolean =>
  lastWord(
    reading,
    kind,
    (fact) => fact.data['member'] === member || (fact.kind === 'consentWithdrawn' && fact.data['member'] === undefined),
  )?.kind === 'consentGiven';

const forAgency = (reading: Reading, { consent, agreedPlan }: ConsentCondition, agency: string): boolean => {
  const word = lastWord(
    reading,
    consent,
    ({ data }) => data['agency'] === agency || data['agency'] === undefined || data['agency'] === null,
  );
  if (word?.kind === 'consentGiven') return true;
  const { plan, facts } = reading;
  if (!agreedPlan || !plan?.approval || !responsibleAgencies(plan).includes(agency)) return false;
  // A withdrawal stands against a plan agreed before it; a plan approved after it was agreed anew.
  return (
    facts.some(({ kind }) => kind === 'agreementSigned') &&
    (word === undefined || facts.indexOf(word) < facts.indexOf(plan.approval))
  );
};

/** Members or agencies of the command for which the consent is lacking; `null` stands for a member that is not named. */
export const lackingConsents = (condition: ConsentCondition, reading: Reading, command: Command): (string | null)[] => {
  if (condition.of === 'agency')
    return [...wordsIn(command['agency']), ...wordsIn(command['to'])].filter(
      (agency) => !forAgency(reading, condition, agency),
    );
  const member = wordsIn(command['member'])[0];
  if (member === undefined) return [null];
  return ofMember(reading, condition.consent, member) ? [] : [member];
};
