import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { AbsencesPage } from './absences/absences-page.tsx';
import { GoneError } from './api/client.ts';
import { CallsPage } from './calls/calls-page.tsx';
import { WallboardPage } from './calls/wallboard-page.tsx';
import { CaseloadPage } from './caseload/caseload-page.tsx';
import { CustomerPage } from './customer/customer-page.tsx';
import { OutboxPage } from './outbox/outbox-page.tsx';
import { PreferencesPage } from './preferences/preferences-page.tsx';
import { SearchPage } from './search/search-page.tsx';
import { MissingPage } from './shell/missing-page.tsx';
import { Shell } from './shell/shell.tsx';
import { schemeManager } from './style/scheme.ts';
import { theme, variables } from './style/theme.ts';
import { TrayPage } from './tray/tray-page.tsx';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 30 * 60_000,
      retry: (count, error) => !(error instanceof GoneError) && count < 2,
      refetchOnWindowFocus: true,
    },
  },
});

const router = createBrowserRouter(
  [
    {
      element: <Shell />,
      children: [
        { index: true, element: <CaseloadPage /> },
        { path: 'customers/:customerId', element: <CustomerPage /> },
        { path: 'tray', element: <TrayPage /> },
        { path: 'calls', element: <CallsPage /> },
        { path: 'wallboard', element: <WallboardPage /> },
        { path: 'absences', element: <AbsencesPage /> },
        { path: 'outbox', element: <OutboxPage /> },
        { path: 'search', element: <SearchPage /> },
        { path: 'preferences', element: <PreferencesPage /> },
        { path: '*', element: <MissingPage /> },
      ],
    },
  ],
  { basename: '/workspace' },
);

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

// The library that keeps the page behind a dialog from scrolling looks for the nonce of its style under this name.
Reflect.set(globalThis, '__webpack_nonce__', nonce);

/** The whole workspace: look, data, addresses. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      colorSchemeManager={schemeManager}
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
