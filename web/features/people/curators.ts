import type { StaffView } from '../../lib/shapes.ts';

/** Stands in addresses and in the API for cases that nobody is assigned to. */
export const nobody = 'none';

/** A choice of whose cases: anybody's, nobody's yet, or a curator's. */
export const curatorOptions = (staff: readonly StaffView[], any: string, without: string) => [
  { value: '', label: any },
  { value: nobody, label: without },
  ...staff.filter(({ role }) => role === 'curator').map(({ id, name }) => ({ value: id, label: name })),
];

/** Reads whose cases from an address; what it does not understand is left out. */
export const readCurator = (value: unknown): string | undefined =>
  typeof value === 'string' && (value === nobody || /^[0-9a-f-]{36}$/.test(value)) ? value : undefined;
