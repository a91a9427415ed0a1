import type { StaffView } from '../../lib/shapes.ts';

/** Stands in addresses and in the API for cases that nobody is assigned to. */
export const nobody = 'none';

interface Words {
  any: string;
  without: string;
  /** Of somebody who works here no more. */
  left: (name: string) => string;
}

/**
 * A choice of whose cases: anybody's, nobody's yet, or a curator's. Whoever has left comes last, for his families may
 * still be looked for by his name; `chosen` stays choosable whatever his role: a head may lead families too.
 */
export const curatorOptions = (staff: readonly StaffView[], chosen: string | undefined, words: Words) => {
  const shown = staff.filter(({ id, role }) => role === 'curator' || id === chosen);
  return [
    { value: '', label: words.any },
    { value: nobody, label: words.without },
    ...shown.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name })),
    ...shown.filter(({ active }) => !active).map(({ id, name }) => ({ value: id, label: words.left(name) })),
  ];
};

/** Those to whom a family may be given: whoever has left is none. */
export const workingCurators = (staff: readonly StaffView[]) =>
  staff.filter(({ role, active }) => active && role === 'curator').map(({ id, name }) => ({ value: id, label: name }));

/** Reads whose cases from an address; what it does not understand is left out. */
export const readCurator = (value: unknown): string | undefined =>
  typeof value === 'string' && (value === nobody || /^[0-9a-f-]{36}$/.test(value)) ? value : undefined;
