import { Button } from '@mantine/core';
import type { Whoami } from '../api/queries.js';
import { useSignOut } from '../session/use-sign-out.js';

/** Who is signed in, clearly marked where it is an identity of the demonstration. */
export function Viewer({ viewer }: { viewer: Whoami }) {
  const signOut = useSignOut();
  return (
    <div className="viewer">
      <span className="viewer-name">
        {viewer.displayName}
        {viewer.isDemo && <span className="demo-mark">demo</span>}
      </span>
      <Button size="xs" variant="default" onClick={() => signOut.mutate()} loading={signOut.isPending}>
        Sign out
      </Button>
    </div>
  );
}
