import type { Employed } from '../platform/records/staffing.ts';

/** As what somebody works, in the words of the office file: `secretary commission`, `head families`. */
export const placeOf = ({ role, body, department, agency }: Employed): string =>
  [role, body ?? agency?.code ?? department].filter(Boolean).join(' ');

/** One line for each, those who have left last. */
export function staffTable(staff: readonly Employed[]): string {
  const line = (person: Employed): string =>
    [
      person.email,
      placeOf(person),
      person.name,
      ...(person.cases > 0 ? [`дел / cases: ${person.cases}`] : []),
      ...(person.active ? [] : ['не работает / has left']),
    ].join('  ');
  const sorted = [...staff.filter(({ active }) => active), ...staff.filter(({ active }) => !active)];
  return sorted.map((person) => `${line(person)}\n`).join('');
}
