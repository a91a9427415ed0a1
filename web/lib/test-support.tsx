import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { configure } from '@testing-library/react';
import type { ReactNode } from 'react';
import { i18next, startI18n } from './i18n.ts';

// happy-dom has no fonts to wait for; a growing text field listens to them.
if (document.fonts === undefined) Object.defineProperty(document, 'fonts', { value: new EventTarget() });

// What is to appear is waited for; the second that the library allows is no time on a busy machine.
configure({ asyncUtilTimeout: 20_000 });

/** What every part of the pages stands in, for its tests: words, theme, an empty cache without retries. */
export async function withProviders<Made>(
  draw: (ui: ReactNode) => Made,
  ui: ReactNode,
  queries = new QueryClient({ defaultOptions: { queries: { retry: false } } }),
): Promise<Made> {
  if (!i18next.isInitialized) await startI18n('ru');
  await i18next.loadNamespaces(['codes', 'command', 'case', 'pages']);
  return draw(
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>{ui}</QueryClientProvider>
    </MantineProvider>,
  );
}
