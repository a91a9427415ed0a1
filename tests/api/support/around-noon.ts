import type { House } from './house.ts';

/**
 * Moves an institution to a zone in which it is about noon now, so that the day which a test reads once is today until
 * its file has ended, at whatever hour it runs.
 */
export async function moveToNoon(house: House, institutionId = house.institutionId): Promise<void> {
  const ahead = 12 - new Date().getUTCHours();
  // The names of these zones count westwards: Etc/GMT-3 is three hours ahead of UTC.
  const zone = `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
  await house.db.inScope({ institutionId }, (tx) => tx.institution.updateMany({ data: { zone } }));
}
