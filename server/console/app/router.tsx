import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { ApprovalPage } from '../approval/approval-page.js';
import { InboxPage } from '../inbox/inbox-page.js';
import { samePage } from '../session/same-page.js';
import { AccountPage } from '../account/account-page.js';
import { AuditPage } from '../audit/audit-page.js';
import { TaskPage } from '../tasks/task-page.js';
import { DevicePage } from '../device/device-page.js';
import { SignInPage } from '../session/sign-in-page.js';
import { NotFoundPage } from './not-found-page.js';
import { Shell } from './shell.js';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });
const inbox = createRoute({ getParentRoute: () => root, path: '/', component: InboxPage });
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: SignInPage,
  validateSearch: ({ next }: Record<string, unknown>): { next?: string } => {
    const path = samePage(next);
    return path === '/' ? {} : { next: path };
  },
});
const approval = createRoute({
  getParentRoute: () => root,
  path: '/approvals/$id',
  component: function ApprovalRoute() {
    return <ApprovalPage id={approval.useParams().id} />;
  },
});

const task = createRoute({
  getParentRoute: () => root,
  path: '/tasks/$id',
  component: function TaskRoute() {
    return <TaskPage id={task.useParams().id} />;
  },
});
const audit = createRoute({ getParentRoute: () => root, path: '/audit', component: AuditPage });
const account = createRoute({ getParentRoute: () => root, path: '/account', component: AccountPage });
const device = createRoute({
  getParentRoute: () => root,
  path: '/device',
  component: DevicePage,
  validateSearch: ({ code }: Record<string, unknown>): { code?: string } =>
    typeof code === 'string' ? { code: code.slice(0, 40) } : {},
});

/** The addresses of the console. The api knows them too: it answers each with the page. */
export const router = createRouter({
  routeTree: root.addChildren([inbox, signIn, approval, task, audit, account, device]),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
