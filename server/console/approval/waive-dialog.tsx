import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import type { components } from '../../client/openapi-types.js';
import { answerOf, api, newKey } from '../api/client.js';
import type { Approval } from '../api/queries.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { ProveAgain } from '../session/prove-again.js';
import { ReasonField, whyNoReason } from './reason-field.js';

type Question = components['schemas']['Waive']['question'];

/** A waiver is an act of its own: for one check, for one purpose, until a day, with a reason. */
export function WaiveButton({ approval, question }: { approval: Approval; question: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="no-print">
      <Button variant="default" onClick={() => setOpen(true)}>
        Waive this check…
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={`Waive ${question}`}
        size="lg"
        lockScroll={false}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <WaiveForm approval={approval} question={question as Question} onDone={() => setOpen(false)} />
      </Modal>
    </div>
  );
}

function WaiveForm({ approval, question, onDone }: { approval: Approval; question: Question; onDone: () => void }) {
  const [said, setSaid] = useState({ purpose: '', until: '', reason: '' });
  const [isTried, setTried] = useState(false);
  const id = useId();
  const queries = useQueryClient();
  const waive = useMutation({
    mutationFn: () => {
      const { purpose, until, reason } = said;
      const params = { path: { id: approval.id }, header: { 'Idempotency-Key': newKey() } };
      const body = {
        question,
        purpose: purpose.trim(),
        until,
        reason: reason.trim(),
        subjectDigest: approval.subjectDigest,
      };
      return answerOf(api.POST('/v1/approvals/{id}/waivers', { params, body }));
    },
    onSuccess: () => {
      onDone();
      return queries.invalidateQueries();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (whyNoReason(said.reason) === null && said.purpose.trim() !== '' && said.until !== '') waive.mutate();
  };
  const wanted = (text: string): string | null => (isTried && text.trim() === '' ? 'This is needed.' : null);
  return (
    <>
      <form onSubmit={submit} className="stack" noValidate>
        <p>
          With your signature as {approval.terms.policy.waivers.role} the release may go on although this check does not
          pass. It holds for this request only.
        </p>
        <TextInput
          label="For which purpose"
          value={said.purpose}
          onChange={({ currentTarget }) => setSaid({ ...said, purpose: currentTarget.value })}
          error={wanted(said.purpose)}
          data-autofocus
        />
        <TextInput
          type="date"
          label="Until"
          value={said.until}
          onChange={({ currentTarget }) => setSaid({ ...said, until: currentTarget.value })}
          error={wanted(said.until)}
        />
        <ReasonField
          id={id}
          value={said.reason}
          onChange={(reason) => setSaid({ ...said, reason })}
          isTried={isTried}
        />
        {waive.error !== null && <ProblemAlert error={waive.error} title="Nothing was waived" />}
        <Button type="submit" size="md" className="act warn" loading={waive.isPending}>
          Waive and sign
        </Button>
      </form>
      <ProveAgain
        error={waive.error}
        account={approval.viewer.principal}
        onProven={() => waive.mutate()}
        onLeave={waive.reset}
      />
    </>
  );
}
