import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { ApiProblem } from '../api/problem.js';
import { signInOptionsQuery } from '../api/session.js';
import { SignInWays } from './sign-in-ways.js';

interface ProveAgainOptions {
  /** What the api answered. */
  error: unknown;
  /** Who has to prove that it is them. */
  account: string;
  onProven: () => void;
  onLeave: () => void;
}

/** Where signing asks for a recent proof, the way to give it; what was to be signed then is signed. */
export function ProveAgain({ error, account, onProven, onLeave }: ProveAgainOptions) {
  const isAsked = error instanceof ApiProblem && error.details['reauthenticate'] === true;
  const { data: options } = useQuery({ ...signInOptionsQuery, enabled: isAsked });
  const { href } = useLocation();
  return (
    <Modal
      opened={isAsked}
      onClose={onLeave}
      title="Prove once more that it is you"
      lockScroll={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p>You signed in a while ago, and a signature counts for years. Afterwards it is signed as you wrote it.</p>
      {options !== undefined && (
        <SignInWays options={options} next={href} again={account} onSignedIn={async () => onProven()} />
      )}
    </Modal>
  );
}
