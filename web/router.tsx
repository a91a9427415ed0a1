import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { readFilter } from './features/cases/filter.ts';
import { readDutyFilter } from './features/duties/filter.ts';
import { isSignedIn, meQuery } from './features/session/queries.ts';
import { i18next } from './lib/i18n.ts';
import { FailureRoute, NotFoundRoute } from './routes/failure.tsx';
import { OfficeRoute } from './routes/office.tsx';

interface Context {
  queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  errorComponent: FailureRoute,
  notFoundComponent: NotFoundRoute,
});

/** The words of a page come together with its code. */
const words =
  (...catalogues: string[]) =>
  () =>
    i18next.loadNamespaces(catalogues);

/** Only a path of ours may follow a sign-in: an address from elsewhere must not lead away. */
const ownPath = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\/(?![/\\])/.test(value) && !value.startsWith('/sign-in') ? value : undefined;

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    const next = ownPath(search['next']);
    return next === undefined ? {} : { next };
  },
  loader: words('pages'),
  component: lazyRouteComponent(() => import('./routes/sign-in.tsx'), 'SignInRoute'),
});

const password = createRoute({
  getParentRoute: () => root,
  path: '/password',
  loader: words('pages'),
  component: lazyRouteComponent(() => import('./routes/password.tsx'), 'PasswordRoute'),
});

const office = createRoute({
  getParentRoute: () => root,
  id: 'office',
  beforeLoad: async ({ context, location }) => {
    const known = context.queries.getQueryData(meQuery().queryKey) !== undefined;
    if (known || (await isSignedIn())) {
      await context.queries.ensureQueryData(meQuery());
      return;
    }
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's own way to lead elsewhere
    throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
  },
  loader: words('codes'),
  component: OfficeRoute,
});

const myDay = createRoute({
  getParentRoute: () => office,
  path: '/',
  loader: words('pages', 'command'),
  component: lazyRouteComponent(() => import('./features/my-day/MyDay.tsx'), 'MyDay'),
});

const cases = createRoute({
  getParentRoute: () => office,
  path: '/cases',
  validateSearch: readFilter,
  loader: words('pages', 'command'),
  component: lazyRouteComponent(() => import('./routes/cases.tsx'), 'CasesRoute'),
});

const casePages = () => import('./routes/case.tsx');
const kase = createRoute({
  getParentRoute: () => office,
  path: '/cases/$caseId',
  loader: words('case', 'pages', 'command'),
  component: lazyRouteComponent(casePages, 'CaseRoute'),
});
const caseParts = [
  createRoute({ getParentRoute: () => kase, path: '/', component: lazyRouteComponent(casePages, 'CaseDutiesRoute') }),
  createRoute({
    getParentRoute: () => kase,
    path: '/explain',
    component: lazyRouteComponent(casePages, 'ExplainRoute'),
  }),
  createRoute({
    getParentRoute: () => kase,
    path: '/timeline',
    component: lazyRouteComponent(casePages, 'TimelineRoute'),
  }),
  createRoute({
    getParentRoute: () => kase,
    path: '/requests',
    component: lazyRouteComponent(casePages, 'RequestsRoute'),
  }),
  createRoute({
    getParentRoute: () => kase,
    path: '/notices',
    component: lazyRouteComponent(casePages, 'NoticesRoute'),
  }),
  createRoute({ getParentRoute: () => kase, path: '/people', component: lazyRouteComponent(casePages, 'PeopleRoute') }),
] as const;

const supervision = createRoute({
  getParentRoute: () => office,
  path: '/supervision',
  validateSearch: (search: Record<string, unknown>): { curator?: string } =>
    typeof search['curator'] === 'string' ? { curator: search['curator'] } : {},
  loader: words('pages'),
  component: lazyRouteComponent(() => import('./routes/supervision.tsx'), 'SupervisionRoute'),
});

const duties = createRoute({
  getParentRoute: () => office,
  path: '/duties',
  validateSearch: readDutyFilter,
  loader: words('pages'),
  component: lazyRouteComponent(() => import('./routes/duties.tsx'), 'DutiesRoute'),
});

const reports = createRoute({
  getParentRoute: () => office,
  path: '/reports',
  loader: words('pages', 'command'),
  component: lazyRouteComponent(() => import('./features/reports/Reports.tsx'), 'Reports'),
});

const mailbox = createRoute({
  getParentRoute: () => office,
  path: '/mailbox',
  loader: words('pages'),
  component: lazyRouteComponent(() => import('./features/mailbox/Mailbox.tsx'), 'Mailbox'),
});

const mail = createRoute({
  getParentRoute: () => office,
  path: '/mailbox/$mailId',
  loader: words('pages'),
  component: lazyRouteComponent(() => import('./routes/mail.tsx'), 'MailRoute'),
});

/** An address that nothing answers: inside the frame, so that the menu leads on. */
const unknown = createRoute({ getParentRoute: () => office, path: '$', component: NotFoundRoute });

const tree = root.addChildren([
  signIn,
  password,
  office.addChildren([myDay, cases, kase.addChildren(caseParts), supervision, duties, reports, mailbox, mail, unknown]),
]);

export const makeRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultPendingMs: 300,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
