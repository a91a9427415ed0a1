import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Suspense } from 'react';
import { makeQueryClient } from './lib/query-client.ts';
import { onSessionLost } from './lib/session-lost.ts';
import { styleNonce } from './lib/style-nonce.ts';
import { makeRouter } from './router.tsx';
import { cssVariables, theme } from './ui/theme.ts';

const queries = makeQueryClient();
const router = makeRouter(queries);
onSessionLost(() => {
  const { pathname, href } = router.state.location;
  if (pathname !== '/sign-in') void router.navigate({ to: '/sign-in', search: href === '/' ? {} : { next: href } });
});

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queries}>
        <Suspense>
          <RouterProvider router={router} />
        </Suspense>
      </QueryClientProvider>
    </MantineProvider>
  );
}
