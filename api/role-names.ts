import type { Role } from '../domain/access/role.ts';
import type { Sentence } from '../domain/case/duty.ts';

/** Who may, said to a person who may not. */
export const roleNames: Readonly<Record<Role, Sentence>> = {
  curator: { ru: 'куратор семьи', en: 'the family’s curator' },
  head: { ru: 'заведующий отделением', en: 'the head of department' },
  deputyDirector: { ru: 'заместитель директора', en: 'the deputy director' },
  secretary: { ru: 'секретарь комиссии или группы', en: 'the secretary of the body' },
  agencyOfficer: { ru: 'сотрудник ведомства', en: 'the agency’s officer' },
  administrator: { ru: 'администратор', en: 'the administrator' },
};
