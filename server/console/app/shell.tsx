import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { whoamiQuery } from '../api/queries.js';
import { useLiveUpdates } from '../api/use-live-updates.js';
import { SchemeSwitch } from './scheme-switch.js';
import { Viewer } from './viewer.js';

/** What stands around every page. */
export function Shell() {
  const { data: viewer } = useQuery({ ...whoamiQuery, enabled: false });
  useLiveUpdates(viewer !== undefined);
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <header className="top no-print">
        <div className="top-inner">
          <Link to="/" className="brand">
            <Mark />
            Assay
          </Link>
          {viewer !== undefined && (
            <nav aria-label="Pages">
              <Link to="/" activeOptions={{ exact: true }}>
                Inbox
              </Link>
              <Link to="/audit">Audit log</Link>
              <Link to="/account">Account</Link>
            </nav>
          )}
          <div className="top-end">
            <SchemeSwitch />
            {viewer !== undefined && <Viewer viewer={viewer} />}
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
    </>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
      <rect width="32" height="32" rx="7" className="mark-ground" />
      <path d="M9 17l5 5 9-12" className="mark-tick" />
    </svg>
  );
}
