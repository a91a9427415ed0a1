import { useTranslation } from 'react-i18next';
import { dateOf } from '../lib/clock.ts';
import { daysBetween } from '../../domain/calendar/civil.ts';
import { dottedDay } from '../lib/days.ts';

interface DateTextProps {
  day: string;
  /** Today on the clock that counts here; without it the day stands alone. */
  today?: string;
  /** Words only when the distance matters, that is for open things. */
  relative?: boolean;
}

/** A day with its weekday, and how far it is in words: the words carry the meaning, never a colour alone. */
export function DateText({ day, today, relative = today !== undefined }: DateTextProps) {
  const { t, i18n } = useTranslation();
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' }).format(dateOf(day));
  const away = relative && today !== undefined ? distanceWords(daysBetween(today, day)) : null;
  return (
    <time dateTime={day} className="k-number">
      <span className="k-nowrap">
        {dottedDay(day)}, {weekday}
        {away !== null && <span className="k-dimmed"> ·</span>}
      </span>
      {away !== null && (
        <>
          {' '}
          <span className="k-dimmed k-nowrap">{away}</span>
        </>
      )}
    </time>
  );

  function distanceWords(days: number): string {
    if (days === 0) return t('date.today');
    if (days === 1) return t('date.tomorrow');
    if (days === -1) return t('date.yesterday');
    return days > 0 ? t('date.in', { count: days }) : t('date.ago', { count: -days });
  }
}
