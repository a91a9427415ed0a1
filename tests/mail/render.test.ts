import { describe, expect, it } from 'vitest';
import { noticeTemplates } from '../../platform/mail/templates/notice-vars.ts';
import { renderNotice } from '../../platform/mail/templates/render.ts';

const vars = {
  caseNumber: '2026-0014',
  title: { ru: 'утверждение плана', en: 'approval of the plan' },
  clause: '3.2',
  dueOn: '2026-03-23',
};
const link = 'https://kurator.example/cases/1';

describe('a notice in words', () => {
  it.each(noticeTemplates)(
    '%s: Russian first, English second, the case, the clause and the link in both',
    (template) => {
      const { subject, text } = renderNotice(template, vars, link);
      expect(subject).toMatch(/^Дело 2026-0014: .+ \/ Case 2026-0014: .+/);
      expect(subject).not.toMatch(/[\r\n]/);
      const [russian, english] = text.split('\n\n') as [string, string];
      expect(russian).toMatch(/^Дело 2026-0014\./);
      expect(russian).toContain('утверждение плана');
      expect(russian).toContain('Основание: пункт 3.2');
      expect(english).toMatch(/^Case 2026-0014\./);
      expect(english).toContain('approval of the plan');
      expect(english).toContain('By clause 3.2');
      for (const part of [russian, english]) expect(part).toContain(link);
    },
  );

  it('writes days as people do', () => {
    const { subject } = renderNotice('reminder', vars, link);
    expect(subject).toContain('23 марта 2026');
    expect(subject).toContain('23 March 2026');
  });

  it('ends no sentence twice, and asks an agency in a whole one', () => {
    for (const template of noticeTemplates) expect(renderNotice(template, vars, link).text).not.toMatch(/\.\./);
    const title = { ru: 'подтвердить участие', en: 'acknowledge your part' };
    const { text } = renderNotice('request', { ...vars, title }, link);
    expect(text).toContain('Просим Вас подтвердить участие. Срок: 23 марта 2026 года. Ответить');
    expect(text).toContain('Please acknowledge your part. Due: 23 March 2026. Answer');
    const undated = renderNotice('request', { ...vars, title, dueOn: null }, link).subject;
    expect(undated).toBe(
      'Дело 2026-0014: запрос ведомству — подтвердить участие / Case 2026-0014: a request: acknowledge your part',
    );
  });

  it('says that the text sets no day', () => {
    const { text } = renderNotice('overdue', { ...vars, dueOn: null }, link);
    expect(text).toContain('Срок текстом не установлен');
    expect(text).toContain('The text sets no day');
  });

  it('marks a training case', () => {
    expect(renderNotice('reminder', { ...vars, training: true }, link).subject).toMatch(/^УЧЕБНОЕ ДЕЛО\. /);
  });

  it.each([
    ['a variable beside the list', { ...vars, child: 'Имя Фамилия' }],
    ['a second line in a title', { ...vars, title: { ru: 'а\r\nBcc: x@y.z', en: 'b' } }],
    ['a sentence for a case number', { ...vars, caseNumber: 'Иванова Мария, Лесная 5' }],
    ['a day that is none', { ...vars, dueOn: '23.03.2026' }],
  ])('refuses %s, and does not repeat it', (_, given) => {
    expect(() => renderNotice('reminder', given, link)).toThrow(/not on the list/);
    expect(() => renderNotice('reminder', given, link)).not.toThrow(/Имя|Bcc|Лесная|23\.03/);
  });

  it('knows no other template', () => {
    expect(() => renderNotice('toString', vars, link)).toThrow(/no template/);
  });
});
