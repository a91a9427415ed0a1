import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { withProviders } from '../lib/test-support.tsx';
import { DateText } from './DateText.tsx';

afterEach(cleanup);

it.each([
  ['2026-03-02', '2026-03-02', '02.03.2026, пн · сегодня'],
  ['2026-03-03', '2026-03-02', '03.03.2026, вт · завтра'],
  ['2026-03-01', '2026-03-02', '01.03.2026, вс · вчера'],
  ['2026-03-23', '2026-03-02', '23.03.2026, пн · через 21 день'],
  ['2026-02-25', '2026-03-02', '25.02.2026, ср · 5 дней назад'],
])('%s seen on %s', async (day, today, words) => {
  await withProviders((ui) => render(ui), <DateText day={day} today={today} />);
  expect(screen.getByText((_, node) => node?.tagName === 'TIME').textContent).toBe(words);
});
