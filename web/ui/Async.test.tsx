import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '../lib/api.ts';
import { withProviders } from '../lib/test-support.tsx';
import { Async } from './Async.tsx';

afterEach(cleanup);

const query = (state: { data?: string[]; error?: Error }) => {
  const refetch = vi.fn();
  return { data: state.data, error: state.error ?? null, isFetching: false, refetch: refetch as never, asked: refetch };
};

const draw = (given: ReturnType<typeof query>) =>
  withProviders(
    (ui) => render(ui),
    <Async query={given} isEmpty={(rows: string[]) => rows.length === 0} whenEmpty={<p>пусто</p>}>
      {(rows) => <p>{rows.join()}</p>}
    </Async>,
  );

describe('Async', () => {
  it('shows bones while it waits', async () => {
    await draw(query({}));
    expect(screen.getByText('Загружаем')).toBeTruthy();
  });

  it('shows the rows, or what an empty list says', async () => {
    await draw(query({ data: ['а', 'б'] }));
    expect(screen.getByText('а,б')).toBeTruthy();
    cleanup();
    await draw(query({ data: [] }));
    expect(screen.getByText('пусто')).toBeTruthy();
  });

  it('names the code of an error and asks again on Retry', async () => {
    const failed = query({ error: new ApiProblem(503, { code: 'records.unreachable', detail: 'Записи недоступны.' }) });
    await draw(failed);
    expect(screen.getByText('Записи недоступны.')).toBeTruthy();
    expect(screen.getByText(/records\.unreachable/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Повторить' }));
    expect(failed.asked).toHaveBeenCalledOnce();
  });

  it('keeps what was there when a refresh fails', async () => {
    await draw(query({ data: ['а'], error: new ApiProblem(503, { detail: 'Записи недоступны.' }) }));
    expect(screen.getByText('а')).toBeTruthy();
    expect(screen.getByText('Не удалось обновить, показано прежнее')).toBeTruthy();
    cleanup();
    // A silent server is told once, above the page, not in each of its lists.
    await draw(query({ data: ['а'], error: new ApiProblem(0, {}) }));
    expect(screen.getByText('а')).toBeTruthy();
    expect(screen.queryByText('Не удалось обновить, показано прежнее')).toBeNull();
  });
});
