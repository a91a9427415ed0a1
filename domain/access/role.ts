/** The roles of people who sign in, and the two that don't: the holder of an agency's link, and the system itself. */
export const roles = ['curator', 'head', 'deputyDirector', 'secretary', 'agencyOfficer', 'administrator'] as const;
export type Role = (typeof roles)[number];
