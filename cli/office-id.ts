import { v5 as uuidv5 } from 'uuid';

// Fixed: the same code gets the same id in every installation and at every seeding, and can be taken once.
const namespace = 'f3b1a3de-52c5-4bb0-9d51-2a6f1d3f0c77';

/** The id of a part of the office of that code: `institution`, `agency/school`, `staff/curator`. */
export const idOfPart = (code: string, part: string): string => uuidv5(`${code}/${part}`, namespace);
