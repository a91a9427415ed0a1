import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '../../lib/api.ts';
import { withProviders } from '../../lib/test-support.tsx';
import type { Advance } from './use-advance.ts';
import { WatchLive } from './WatchLive.tsx';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const answer = (day: number) => ({
  today: `2026-03-${String(day).padStart(2, '0')}`,
  fired: 1,
  nextEvent: { on: `2026-03-${String(day + 1).padStart(2, '0')}`, step: `step-${day + 1}` },
});

const draw = async (advance: Advance) =>
  withProviders((ui) => render(ui), <WatchLive advance={advance} stepWords={(step) => `<${step}>`} />);

describe('watch live', () => {
  it('goes on once a second, tells what has come, and stops at the press', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    let day = 1;
    const advance = vi.fn<Advance>(() => Promise.resolve(answer(day++)));
    await draw(advance);
    fireEvent.click(screen.getByRole('button', { name: 'Смотреть вживую' }));
    // Until what came of it is drawn, too.
    await act(() => vi.advanceTimersByTimeAsync(2_500));
    expect(advance.mock.calls).toEqual([['nextEvent'], ['nextEvent'], ['nextEvent']]);
    expect(screen.getByRole('list').textContent).toContain('03.03.2026 <step-3>: Наступило 1 уведомление');
    fireEvent.click(screen.getByRole('button', { name: 'Остановить' }));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(advance).toHaveBeenCalledTimes(3);
  });

  it('stops when the page is left', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    let day = 1;
    const advance = vi.fn<Advance>(() => Promise.resolve(answer(day++)));
    const { unmount } = await draw(advance);
    fireEvent.click(screen.getByRole('button', { name: 'Смотреть вживую' }));
    await vi.advanceTimersByTimeAsync(500);
    unmount();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(advance).toHaveBeenCalledTimes(1);
  });

  it('stops by itself where nothing is ahead, and says a fault', async () => {
    const advance = vi
      .fn<Advance>()
      .mockResolvedValueOnce({ ...answer(1), nextEvent: null })
      .mockRejectedValueOnce(new ApiProblem(409, { code: 'clock.nothing-ahead' }))
      .mockRejectedValueOnce(new ApiProblem(503, { detail: 'База данных сейчас недоступна.' }));
    await draw(advance);
    for (const said of ['Событий впереди нет', 'Событий впереди нет', 'База данных сейчас недоступна.']) {
      fireEvent.click(screen.getByRole('button', { name: 'Смотреть вживую' }));
      await waitFor(() => expect(screen.getByText(said)).toBeTruthy());
      await waitFor(() => expect(screen.getByRole('button', { name: 'Смотреть вживую' })).toBeTruthy());
    }
    expect(advance).toHaveBeenCalledTimes(3);
  });
});
