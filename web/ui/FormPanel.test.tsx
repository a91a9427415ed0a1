import { TextInput } from '@mantine/core';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '../lib/api.ts';
import { draftOf } from '../lib/drafts.ts';
import { withProviders } from '../lib/test-support.tsx';
import { FormPanel } from './FormPanel.tsx';
import type { Values } from './FormPanel.tsx';

beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function draw(
  submit: (values: Values) => Promise<void>,
  more: {
    refresh?: () => Promise<unknown>;
    onClose?: () => void;
    confirm?: string;
    fieldOf?: (path: string) => string;
  } = {},
) {
  return withProviders(
    (ui) => render(ui),
    <FormPanel
      title="Записать посещение"
      draftKey="me.case.recordVisit"
      initial={{ on: '2026-03-02', note: '' }}
      submitLabel="Записать"
      validate={(values): Record<string, string> => (values['note'] === '' ? { note: 'Заполните поле' } : {})}
      labelOf={() => 'Примечание'}
      fields={(form) => (
        <TextInput
          id="field-note"
          label="Примечание"
          value={form.values['note'] as string}
          error={form.errors['note']}
          onChange={(event) => form.setFieldValue('note', event.currentTarget.value)}
        />
      )}
      effect={(values) => <p>{`видно: ${String(values['note'])}`}</p>}
      submit={submit}
      onClose={more.onClose ?? (() => undefined)}
      {...(more.refresh === undefined ? {} : { refresh: more.refresh })}
      {...(more.confirm === undefined ? {} : { confirm: more.confirm })}
      {...(more.fieldOf === undefined ? {} : { fieldOf: more.fieldOf })}
    />,
  );
}

const type = (text: string): void => {
  fireEvent.change(screen.getByLabelText('Примечание'), { target: { value: text } });
};
const send = (): void => {
  fireEvent.submit(screen.getByRole('button', { name: 'Записать' }).closest('form') as HTMLFormElement);
};

describe('FormPanel', () => {
  it('keeps a draft of the changed fields within a second, brings it back, and drops it once sent', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await draw(() => Promise.resolve());
    type('мама дома');
    vi.advanceTimersByTime(1_000);
    expect(draftOf('me.case.recordVisit')).toEqual({ note: 'мама дома' });
    vi.useRealTimers();
    cleanup();
    await draw(() => Promise.resolve());
    expect(screen.getByLabelText<HTMLInputElement>('Примечание').value).toBe('мама дома');
    expect(screen.getByText('Восстановлено то, что вы не отправили.')).toBeTruthy();
    send();
    await waitFor(() => expect(draftOf('me.case.recordVisit')).toBeNull());
  });

  it('keeps what was typed even when it is closed at once', async () => {
    await draw(() => Promise.resolve());
    type('недописано');
    cleanup();
    expect(draftOf('me.case.recordVisit')).toEqual({ note: 'недописано' });
  });

  it('leads from a refusal to the fields by which what is missing would be named', async () => {
    const refusal = { code: 'agreement.noContract', detail: 'Договор не заключить.', fields: ['contract.from'] };
    await draw(() => Promise.reject(new ApiProblem(409, refusal)), { fieldOf: () => 'note' });
    type('мама дома');
    send();
    fireEvent.click(await screen.findByRole('link', { name: 'Примечание' }));
    expect(document.activeElement).toBe(screen.getByLabelText('Примечание'));
    expect(screen.getByText('Без этого действие не принимается')).toBeTruthy();
  });

  it('starts afresh when asked to', async () => {
    await draw(() => Promise.resolve());
    type('старое');
    cleanup();
    await draw(() => Promise.resolve());
    fireEvent.click(screen.getByRole('button', { name: 'Начать заново' }));
    expect(screen.getByLabelText<HTMLInputElement>('Примечание').value).toBe('');
    expect(draftOf('me.case.recordVisit')).toBeNull();
  });

  it('sums up the faults and sends nothing', async () => {
    const submit = vi.fn();
    await draw(submit);
    send();
    expect(await screen.findByText('Исправьте 1 поле')).toBeTruthy();
    expect(submit).not.toHaveBeenCalled();
  });

  it('shows its effect as it is filled', async () => {
    await draw(() => Promise.resolve());
    type('сегодня');
    expect(screen.getByText('видно: сегодня')).toBeTruthy();
  });

  it('tells a refusal with its clause and what is missing, and stays open', async () => {
    const onClose = vi.fn();
    const missing = [{ ru: 'План ещё не утверждён.', en: 'No plan.' }];
    await draw(() => Promise.reject(new ApiProblem(409, { code: 'clause', detail: 'Рано.', clause: '3.2', missing })), {
      onClose,
    });
    type('x');
    send();
    expect(await screen.findByText('Действие не принято')).toBeTruthy();
    expect(screen.getByText('пункт 3.2')).toBeTruthy();
    expect(screen.getByText('План ещё не утверждён.')).toBeTruthy();
    expect(onClose).not.toHaveBeenCalled();
  });

  it('tells a conflict apart: takes the new state and keeps what was typed', async () => {
    const refresh = vi.fn(() => Promise.resolve());
    await draw(() => Promise.reject(new ApiProblem(412, { code: 'state.stale', detail: 'Дело изменилось.' })), {
      refresh,
    });
    type('моё');
    send();
    fireEvent.click(await screen.findByRole('button', { name: 'Взять новое состояние, введённое оставить' }));
    await waitFor(() => expect(screen.queryByText('Дело изменилось.')).toBeNull());
    expect(refresh).toHaveBeenCalledOnce();
    expect(screen.getByLabelText<HTMLInputElement>('Примечание').value).toBe('моё');
  });

  it('asks once more before what cannot be taken back, with the effect in view, and goes back to the fields', async () => {
    const submit = vi.fn(() => Promise.resolve());
    await draw(submit, { confirm: 'Это действие нельзя вернуть.' });
    type('x');
    send();
    expect(await screen.findByText('Это действие нельзя вернуть.')).toBeTruthy();
    expect(screen.getByText('видно: x')).toBeTruthy();
    expect(submit).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Вернуться к полям' }));
    expect(screen.getByLabelText<HTMLInputElement>('Примечание').value).toBe('x');
    send();
    fireEvent.submit((await screen.findByRole('button', { name: 'Да: Записать' })).closest('form') as HTMLFormElement);
    await waitFor(() => expect(submit).toHaveBeenCalledOnce());
  });

  it('says that a repeat is safe when no answer came', async () => {
    await draw(() => Promise.reject(new ApiProblem(0, {})));
    type('x');
    send();
    expect(await screen.findByText(/повтор безопасен/)).toBeTruthy();
  });
});
