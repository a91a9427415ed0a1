const day = 24 * 60 * 60 * 1000;

/**
 * A link outlives the request's day by 30 days, so that a late answer still arrives; one without a day lives 60 days.
 * After that the agency asks for a new one on the page itself.
 */
export function linkExpiry(dueOn: Date | null, caseNow: Date): Date {
  const from = dueOn === null ? caseNow.getTime() + 30 * day : Math.max(dueOn.getTime(), caseNow.getTime());
  return new Date(from + 30 * day);
}
