import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { withProviders } from '../lib/test-support.tsx';
import { DayInput } from './DayInput.tsx';

afterEach(cleanup);

function Field({ leaning }: { leaning: 'past' | 'future' }) {
  const [value, setValue] = useState('');
  return (
    <>
      <DayInput label="День" value={value} onChange={setValue} today="2026-03-05" leaning={leaning} />
      <output>{value}</output>
    </>
  );
}

it('takes a day as it is typed, tells it back in words and writes it out on leaving', async () => {
  await withProviders((ui) => render(ui), <Field leaning="past" />);
  const input = screen.getByLabelText<HTMLInputElement>('День');
  fireEvent.change(input, { target: { value: '2.3' } });
  expect(screen.getByText('понедельник, 2 марта 2026 г.')).toBeTruthy();
  expect(input.value).toBe('2.3');
  fireEvent.blur(input);
  expect(input.value).toBe('02.03.2026');
});

it('keeps what it does not understand, so that nothing typed is lost', async () => {
  await withProviders((ui) => render(ui), <Field leaning="future" />);
  const input = screen.getByLabelText<HTMLInputElement>('День');
  fireEvent.change(input, { target: { value: 'в марте' } });
  fireEvent.blur(input);
  expect(input.value).toBe('в марте');
  expect(screen.getByText(/Например: 02\.03\.2026/)).toBeTruthy();
});
