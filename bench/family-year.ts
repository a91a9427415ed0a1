import { liveYear, type Step } from './year/family-year.ts';
import { measureItemCosts, total, type Cost } from './year/item-costs.ts';

/**
 * History events of a standard family-year: which steps a year has is computed by the rules (always the same), what
 * each kind of step costs is read off the real workflow's history on a real engine.
 */
const costs = await measureItemCosts(process.env['TEMPORAL_ADDRESS'] ?? '');
const regulation = process.argv[2] ?? 'borovichi@1';
const year = liveYear(regulation, '2026-03-02');

const costOf = (step: Step): number => {
  const extra = (step.movedTimer ? total(costs.commandMovedTimer) - total(costs.commandSameTimer) : 0) +
    (step.newDueDay ? total(costs.commandNewDueDay) - total(costs.commandMovedTimer) : 0); // prettier-ignore
  if (step.kind === 'command') return total(costs.commandSameTimer) + extra;
  // A wake's own timer has fired and the next one is armed: both are in its measured cost.
  return (
    total(costs.wakeByTimer) + (step.newDueDay ? total(costs.commandNewDueDay) - total(costs.commandMovedTimer) : 0)
  );
};
const words = (cost: Cost): string =>
  Object.entries(cost)
    .map(([name, n]) => `${n > 1 ? `${n}×` : ''}${name}`)
    .join(' ');
const rows: [string, number, number][] = [
  ['opening of the workflow', 1, total(costs.opening)],
  ...(['command', 'wake'] as const).map((kind): [string, number, number] => {
    const steps = year.steps.filter((step) => step.kind === kind);
    return [
      kind === 'command' ? 'commands' : 'wakes by the timer',
      steps.length,
      steps.reduce((sum, step) => sum + costOf(step), 0),
    ];
  }),
  ['requests sent to agencies', year.actions, year.actions * total(costs.action)],
];

console.log(`\nHistory of a standard family-year under ${regulation}: ${year.notices} notices planned and sent`);
for (const [name, cost] of Object.entries(costs) as [string, Cost][])
  console.log(`  ${name.padEnd(18)} ${String(total(cost)).padStart(3)} events: ${words(cost)}`);
for (const [name, n, events] of rows) console.log(`  ${name.padEnd(26)} ${String(n).padStart(4)} × → ${events} events`);
console.log(
  `  in all ${rows.reduce((sum, [, , events]) => sum + events, 0)} events (continue-as-new is suggested at 4,096)`,
);
