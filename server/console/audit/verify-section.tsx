import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { wholeLog } from '../api/audit.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { Section } from '../parts/section.js';
import { Verdict } from '../parts/verdict.js';
import { verifyLog } from './verify-log.js';

/** Recomputes the log in this browser against the last checkpoint, and says what that shows and what it cannot. */
export function VerifySection() {
  const [read, setRead] = useState('');
  const verify = useMutation({
    mutationFn: async () => verifyLog(await wholeLog((entries, size) => setRead(`${entries} of ${size} entries read`))),
    onSettled: () => setRead(''),
  });
  return (
    <Section
      title="Is it what was signed?"
      id="verify"
      note="Every entry is hashed here again, in this browser, and the root over all of them held against the last signed checkpoint."
    >
      <Button className="act" size="md" onClick={() => verify.mutate()} loading={verify.isPending}>
        Verify
      </Button>
      <div role="status" aria-live="polite" className="finding">
        {read !== '' && <p>{read}</p>}
        {verify.data !== undefined && (
          <>
            <p>
              <Verdict
                is={verify.data.isGood ? 'verified' : 'does not verify'}
                tone={verify.data.isGood ? 'good' : 'bad'}
              />
            </p>
            <ul>
              {verify.data.says.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </>
        )}
      </div>
      {verify.error !== null && <ProblemAlert error={verify.error} title="It could not be verified" />}
    </Section>
  );
}
