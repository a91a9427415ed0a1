import type { Permission } from '../domain/access/may-do.ts';
import type { Role } from '../domain/access/role.ts';
import type { Sentence } from '../domain/case/duty.ts';

const names: Readonly<Record<Role, Sentence>> = {
  curator: { ru: 'куратор семьи', en: 'the family’s curator' },
  head: { ru: 'заведующий отделением', en: 'the head of department' },
  deputyDirector: { ru: 'заместитель директора', en: 'the deputy director' },
  secretary: { ru: 'секретарь комиссии или группы', en: 'the secretary of the body' },
  agencyOfficer: { ru: 'сотрудник ведомства', en: 'the agency’s officer' },
  administrator: { ru: 'администратор', en: 'the administrator' },
};

/** Who may, said to somebody who may not. */
export const whoMaySentence = ({ whoMay }: Extract<Permission, { allowed: false }>): Sentence => ({
  ru: `Это может: ${whoMay.map((role) => names[role].ru).join(', ')}.`,
  en: `This may be done by: ${whoMay.map((role) => names[role].en).join(', ')}.`,
});
