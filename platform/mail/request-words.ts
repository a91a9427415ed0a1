/** What a request's mail calls it: words of the house, never what a person typed into the measure. */
export const requestTitles: Record<string, { ru: string; en: string }> = {
  acknowledgePlan: {
    ru: 'подтвердить участие в межведомственном плане',
    en: 'acknowledge your part in the interagency plan',
  },
  measure: {
    ru: 'выполнить мероприятие плана и сообщить результат',
    en: 'carry out a measure of the plan and report its result',
  },
};
