import type { Role } from './role.ts';

/** A person who has signed in, as the rules of access see him. */
export interface Actor {
  staffId: string;
  institutionId: string;
  role: Role;
  /** The body whose secretary this is (`commission`, `workingGroup`). */
  body: string | null;
  department: string | null;
  /** Code of the agency whose officer this is. */
  agency: string | null;
}
