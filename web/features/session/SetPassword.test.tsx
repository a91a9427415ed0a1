import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { ApiProblem } from '../../lib/api.ts';
import { withProviders } from '../../lib/test-support.tsx';
import { setPassword } from './commands.ts';
import { SetPassword } from './SetPassword.tsx';

vi.mock('./commands.ts', () => ({ setPassword: vi.fn() }));
const asked = vi.mocked(setPassword);

afterEach(() => {
  cleanup();
  asked.mockReset();
});

const draw = async (token: string, onSignIn = vi.fn()) => {
  await withProviders((ui) => render(ui), <SetPassword token={token} onSignIn={onSignIn} />);
  return onSignIn;
};

function submit(password: string, again = password): void {
  fireEvent.change(screen.getByLabelText('Пароль'), { target: { value: password } });
  fireEvent.change(screen.getByLabelText('Пароль ещё раз'), { target: { value: again } });
  fireEvent.click(screen.getByRole('button', { name: 'Сохранить пароль' }));
}

it('says what is wrong before it asks, and leads to the sign-in when the password is set', async () => {
  const onSignIn = await draw('token');
  submit('короткий');
  expect(screen.getByRole('alert').textContent).toBe('Пароль короче 12 знаков.');
  submit('зелёный чайник на столе', 'зелёный чайник на полке');
  expect(screen.getByRole('alert').textContent).toBe('Пароли не совпадают.');
  expect(asked).not.toHaveBeenCalled();
  submit('зелёный чайник на столе');
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Пароль сохранён.'));
  expect(asked.mock.calls).toEqual([['token', 'зелёный чайник на столе']]);
  fireEvent.click(screen.getByRole('button', { name: 'Войти' }));
  expect(onSignIn).toHaveBeenCalledOnce();
});

it.each([
  [new ApiProblem(410, { code: 'password.link-invalid' }), 'Ссылка уже использована или истекла'],
  [new ApiProblem(503, { code: 'records.unavailable' }), 'records.unavailable'],
  [new TypeError('network'), 'Сервер не отвечает'],
])('says a refusal: %s', async (problem, words) => {
  await draw('token');
  asked.mockRejectedValueOnce(problem);
  submit('зелёный чайник на столе');
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain(words));
});

it('says at once that the link came without its end', async () => {
  await draw('');
  expect(screen.getByRole('alert').textContent).toContain('Откройте ссылку целиком');
});
