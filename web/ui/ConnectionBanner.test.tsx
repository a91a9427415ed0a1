import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { noteAnswer } from '../lib/connection.ts';
import { withProviders } from '../lib/test-support.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  noteAnswer(200);
});

it('says that the server is silent, and brings everything up to date when it answers again', async () => {
  const queries = new QueryClient();
  const refreshed = vi.spyOn(queries, 'invalidateQueries');
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 200 })));
  await withProviders((ui) => render(ui), <ConnectionBanner />, queries);
  expect(screen.queryByText('Сервер не отвечает.')).toBeNull();
  noteAnswer(0);
  (await screen.findByRole('button', { name: 'Проверить сейчас' })).click();
  await waitFor(() => expect(screen.queryByText('Сервер не отвечает.')).toBeNull());
  expect(refreshed).toHaveBeenCalledOnce();
});

it('takes a refusal for an answer', async () => {
  await withProviders((ui) => render(ui), <ConnectionBanner />);
  noteAnswer(503);
  noteAnswer(409);
  expect(screen.queryByText('Сервер не отвечает.')).toBeNull();
});
