import type { Role } from '../access/role.ts';
import { commandWords } from '../commands/command.ts';
import type { CommandWord } from '../commands/command.ts';
import { canBeAsked } from '../commands/fields.ts';
import type { Field, Fields } from '../commands/fields.ts';
import { commandCatalog, commandOfFact } from '../commands/table.ts';
import { leavesOf } from './leaves-of.ts';
import type { Act, Condition, DutyRule, GridAct, Regulation, Where } from './regulation.ts';
import type { Fault, Path } from './fault.ts';

const fieldsOfCommand = (word: CommandWord): string[] => Object.keys(commandCatalog[word].fields);

/** Fields that a fact of the kind may have: those of the command that makes it. */
const fieldsOfFact = (kind: string): Fields => {
  const word = commandOfFact.get(kind);
  return word ? commandCatalog[word].fields : {};
};

/** Fields of the command that a condition asks. */
const fieldsAsked = (condition: Condition): readonly string[] => {
  if ('by' in condition) return [condition.field ?? 'by'];
  if ('field' in condition) return [condition.field];
  if ('has' in condition) return condition.has;
  if ('consent' in condition && condition.of === 'member') return ['member'];
  return 'everyMeasureHas' in condition || 'someMeasure' in condition ? ['measures'] : [];
};

/** What a rule may ask of a field in place of a value that no entry can have. */
const possibleOf = ({ stores, schema }: Field, value: unknown): string => {
  const issue = schema.safeParse(value).error?.issues[0];
  if (issue?.code === 'invalid_value') return `expected one of ${issue.values.map(String).join(', ')}`;
  return stores === 'data' ? 'it is a value of another kind' : 'words are sealed, a rule can ask a code alone';
};

const asksStageOrDuty = (condition: Condition): boolean =>
  leavesOf(condition).some((one) => 'stage' in one || 'duty' in one);

const actsOfRule = (rule: DutyRule): readonly (Act | GridAct)[] => {
  if (rule.form === 'document') return [];
  if (rule.form === 'grid') return rule.acts;
  return Array.isArray(rule.met) ? (rule.met as readonly Act[]) : [rule.met as Act];
};

const list = (names: Iterable<string>): string => [...names].join(', ') || 'none';

/** Names that stand in the file and point to something that is not there: duties, roles, bodies, fields of facts. */
export const checkReferences = (regulation: Regulation, houseRoles: readonly Role[]): Fault[] => {
  const faults: Fault[] = [];
  const add = (path: Path, text: string): void => void faults.push({ path, text });
  const rules = Object.keys(regulation.duties);
  const bodies = new Set([...Object.keys(regulation.bodies), 'institution']);

  const checkField = (kind: string, field: string, path: Path): void => {
    const known = Object.keys(fieldsOfFact(kind));
    if (!known.includes(field)) add(path, `fact ${kind} has no field "${field}"; its fields: ${list(known)}`);
  };
  /** A value that no entry can have would make a rule that silently never holds. */
  const checkValues = (fields: Fields, field: string, values: readonly unknown[], path: Path): void => {
    const known = fields[field];
    for (const value of known ? values : [])
      if (known && !canBeAsked(known, value))
        add(path, `"${field}" can never be ${JSON.stringify(value)}; ${possibleOf(known, value)}`);
  };
  const checkWhere = (kind: string, where: Where | undefined, path: Path): void => {
    for (const [field, values] of Object.entries(where ?? {})) {
      checkField(kind, field, [...path, field]);
      checkValues(fieldsOfFact(kind), field, values, [...path, field]);
    }
  };

  const checkServed = (served: string, path: Path): void => {
    const [word = '', field] = served.split('.');
    const known = commandWords.find((one) => one === word);
    if (!known) add(path, `no command "${word}"; the commands: ${list(commandWords)}`);
    else if (field !== undefined && !fieldsOfCommand(known).includes(field))
      add(path, `command ${word} has no field "${field}"; its fields: ${list(fieldsOfCommand(known))}`);
  };
  for (const kind of ['lists', 'indicators'] as const)
    for (const [name, { serves }] of Object.entries(regulation[kind]))
      serves.forEach((served, index) => checkServed(served, [kind, name, 'serves', index]));

  /** `command`: the word whose fields `field`, `has`, `by` ask; `null` where no command is judged. */
  const checkCondition = (condition: Condition, path: Path, command: CommandWord | null): void => {
    if ('any' in condition)
      return condition.any.forEach((one, index) => checkCondition(one, [...path, 'any', index], command));
    if ('not' in condition) return checkCondition(condition.not, [...path, 'not'], command);
    if ('fact' in condition) {
      checkWhere(condition.fact, condition.where, [...path, 'where']);
      return checkWhere(condition.fact, condition.latest, [...path, 'latest']);
    }
    if ('duty' in condition && !rules.includes(condition.duty))
      return add([...path, 'duty'], `no duty "${condition.duty}"; the duties: ${list(rules)}`);
    if ('by' in condition && !regulation.roles[condition.by])
      return add([...path, 'by'], `no role "${condition.by}"; the roles: ${list(Object.keys(regulation.roles))}`);
    if ('consent' in condition && condition.of === 'agency' && command) {
      const fields = fieldsOfCommand(command);
      if (!fields.includes('agency') && !fields.includes('to')) add(path, `${command} involves no agency`);
    }
    if (command && 'is' in condition && 'field' in condition)
      checkValues(commandCatalog[command].fields, condition.field, condition.is, [...path, 'is']);
    if ('category' in condition && condition.category.some((one) => !regulation.categories[one]))
      add([...path, 'category'], `no such category; the categories: ${list(Object.keys(regulation.categories))}`);
    const ofMeasures = 'someMeasure' in condition ? condition.someMeasure : {};
    const items = (command && commandCatalog[command].fields['measures']?.items) ?? {};
    for (const [field, values] of Object.entries(ofMeasures))
      checkValues(items, field, values, [...path, 'someMeasure', field]);
    const measure = Object.keys(items);
    for (const field of 'everyMeasureHas' in condition ? condition.everyMeasureHas : Object.keys(ofMeasures))
      if (measure.length && !measure.includes(field))
        add(path, `a measure of ${command ?? ''} has no field "${field}"; its fields: ${list(measure)}`);
    const asked = fieldsAsked(condition);
    for (const field of asked) {
      if (!command) add(path, `"${field}" asks a command, and none is judged here`);
      else if (!fieldsOfCommand(command).includes(field.split('.')[0] ?? field))
        add(
          path,
          `${command} has no field "${field}"${field === 'measures' ? ' (measures stand in draftPlan and correctPlan)' : ''}; its fields: ${list(fieldsOfCommand(command))}`,
        );
    }
  };
  const checkAll = (conditions: readonly Condition[], path: Path, command: CommandWord | null = null): void =>
    conditions.forEach((condition, index) => checkCondition(condition, [...path, index], command));

  for (const [name, { choose }] of Object.entries(regulation.roles)) {
    choose.forEach(({ when, then }, index) => {
      const path = ['roles', name, 'choose', index];
      checkAll(when, [...path, 'when']);
      if (!bodies.has(then)) add([...path, 'then'], `no body "${then}"; the bodies: ${list(bodies)}`);
      if (!when.length && index < choose.length - 1)
        add(path, 'a choice without "when" always holds, so those after it are never asked');
    });
    if (choose.at(-1)?.when.length)
      add(['roles', name, 'choose'], 'the last choice must have no "when", so that somebody is always chosen');
  }
  for (const [stage, rule] of Object.entries(regulation.stages)) {
    checkAll(rule?.from ?? [], ['stages', stage, 'from']);
    // Duties are counted from stages, so a stage that asks a duty or a stage would go round in a circle.
    (rule?.from ?? []).forEach((condition, index) => {
      if (asksStageOrDuty(condition))
        add(['stages', stage, 'from', index], 'a stage asks facts and the plan, not duties or stages');
    });
  }
  for (const rule of Object.values(regulation.duties)) {
    const path = ['duties', rule.rule];
    const known = [...houseRoles, ...Object.keys(regulation.roles), ...bodies, 'measure.agency'];
    if (!known.includes(rule.who)) add([...path, 'who'], `nobody is called "${rule.who}"; known: ${list(known)}`);
    if (rule.who === 'measure.agency' && rule.form !== 'measure' && rule.form !== 'agency')
      add(
        [...path, 'who'],
        'only "each: measure" and "each: newAgency" have a measure.agency; name who in the institution sees to it: curator',
      );
    checkAll(rule.for, [...path, 'for']);
    rule.for.forEach((condition, index) => {
      // Stages and duties are counted after it is known whom a rule concerns; asked here they would never hold.
      if (asksStageOrDuty(condition))
        add(
          [...path, 'for', index],
          '"for" asks the family (level, category, inSop, a fact), not a stage or a duty; a duty of one stage has "start: { stage }" or "until", a grid has "while"',
        );
    });
    checkAll(rule.until, [...path, 'until']);
    rule.until.forEach((condition, index) => {
      if (!('fact' in condition) && !('stage' in condition))
        add([...path, 'until', index], 'only a fact or a stage may stand in "until"');
    });
    const told = rule.form === 'term' && 'fact' in rule.start ? rule.start.fact : [];
    const checkAct = (act: Act | GridAct, at: Path): void => {
      if ('sameFact' in act) {
        if (rule.form !== 'term' || !('on' in rule.start))
          add(at, '"sameFact" needs a start that names the field of its day: start: { fact: …, on: … }');
        for (const kind of told) checkField(kind, act.sameFact, [...at, 'sameFact']);
        for (const kind of told) checkWhere(kind, act.where, [...at, 'where']);
      } else if ('anyOf' in act) act.anyOf.forEach((one, index) => checkAct(one, [...at, 'anyOf', index]));
      else if ('fact' in act) checkWhere(act.fact, act.where, [...at, 'where']);
    };
    actsOfRule(rule).forEach((act, index) => checkAct(act, [...path, 'met', index]));
    if (rule.form === 'document') {
      for (const { id, who, when, met } of rule.documents) {
        const at = [...path, 'of', id];
        if (!known.includes(who)) add([...at, 'who'], `nobody is called "${who}"; known: ${list(known)}`);
        checkAll(when, [...at, 'when']);
        checkAct(met, [...at, 'met']);
      }
    }
    if (rule.form === 'window' && regulation.duties[rule.of]?.form !== 'grid')
      add([...path, 'eachWindowOf'], `"${rule.of}" is no duty with a grid`);
    if (rule.form === 'window' && rules.indexOf(rule.of) > rules.indexOf(rule.rule))
      add([...path, 'eachWindowOf'], `"${rule.of}" must stand before "${rule.rule}"`);
    const start = rule.form === 'grid' ? rule.anchor : rule.form === 'term' ? rule.start : null;
    const stage = start && 'stage' in start ? start.stage : null;
    if (stage && !regulation.stages[stage]) add(path, `no stage "${stage}" in this file`);
    if (rule.form === 'grid' && rule.while && !regulation.stages[rule.while])
      add([...path, 'grid', 'while'], `no stage "${rule.while}" in this file`);
    if (rule.form === 'grid' && rule.upTo && regulation.duties[rule.upTo]?.form !== 'term')
      add([...path, 'grid', 'upTo'], `"${rule.upTo}" is no duty with a term`);
    if (rule.form === 'grid' && rule.while && rule.upTo)
      add([...path, 'grid'], 'a grid stops with its stage ("while") or on the day of a duty ("upTo"), not both');
    if (start && 'fact' in start) {
      for (const kind of start.fact) checkWhere(kind, start.where, [...path, 'start', 'where']);
      if (start.on !== undefined) for (const kind of start.fact) checkField(kind, start.on, [...path, 'start', 'on']);
    }
    if (rule.form === 'term') checkAll(rule.shownFrom, [...path, 'shownFrom']);
  }
  for (const part of ['refusals', 'advices'] as const) {
    regulation[part].forEach(({ command, when, unless }, index) => {
      checkAll(when, [part, index, 'when'], command as CommandWord);
      checkAll(unless, [part, index, 'unless'], command as CommandWord);
    });
  }
  const checkMovable = (name: string, path: Path): void => {
    const rule = regulation.duties[name];
    if (!rule) return add(path, `no duty "${name}"; the duties: ${list(rules)}`);
    // Windows, measures and "at once" have days of their own; a mark there would promise a move that never comes.
    if (rule.form !== 'term' || rule.term === null || rule.term === 'sameDay')
      add(path, `"${name}" has no term counted from a start, so its day cannot be moved`);
  };
  regulation.house.suspendable.forEach((name, index) => checkMovable(name, ['house', 'suspendable', index]));
  regulation.house.extendable.forEach(({ duty }, index) => checkMovable(duty, ['house', 'extendable', index, 'duty']));
  return faults;
};
