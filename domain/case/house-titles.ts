import type { Sentence } from './duty.ts';

/** Titles of the duties that no text names: the house's own. */
export const houseTitles: Readonly<Record<'acknowledgement' | 'delivery', Sentence>> = {
  acknowledgement: { ru: 'подтверждение организацией, что запрос получен', en: 'acknowledgement of the request' },
  delivery: {
    ru: 'вручение запроса иным способом: письмо не доставлено',
    en: 'delivery of the request by other means: the mail did not arrive',
  },
};

/**
 * A duty that was stored, with its title of today. A regulation's words stand still, as its version is published once; the
 * house's own are the product's, and a row that an earlier state of it wrote would show what they were then.
 */
export function withHouseTitle<Stored extends { key: string; clause: string; what: Sentence }>(duty: Stored): Stored {
  const rule = duty.key.split('@')[0] ?? '';
  return duty.clause === '' && rule in houseTitles
    ? { ...duty, what: houseTitles[rule as keyof typeof houseTitles] }
    : duty;
}
