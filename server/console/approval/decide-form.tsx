import { Button, NativeSelect, Radio, Textarea } from '@mantine/core';
import { useId, useState, type FormEvent } from 'react';
import type { Approval } from '../api/queries.js';
import { Digest } from '../parts/digest.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { ProveAgain } from '../session/prove-again.js';
import { ReasonField, whyNoReason } from './reason-field.js';
import { useKept } from '../parts/use-kept.js';
import { useDecide } from './use-decide.js';
import { VERDICTS } from './verdict-words.js';
import { labelOf, waysFor } from './ways.js';

/** One decision with its reason, in one role; what the signature means stands beside the button. */
export function DecideForm({ approval }: { approval: Approval }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [wayIndex, setWayIndex] = useState(0);
  const [reason, setReason] = useKept(`reason of ${approval.id}`);
  const [conditions, setConditions] = useState('');
  const [isTried, setTried] = useState(false);
  const decide = useDecide(approval);
  const id = useId();
  const offered = VERDICTS.filter(({ verdict }) => waysFor(approval, verdict).length > 0);
  const words = offered.find(({ verdict }) => verdict === chosen);
  const ways = words === undefined ? [] : waysFor(approval, words.verdict);
  const way = ways[wayIndex] ?? ways[0];

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (words === undefined || way === undefined) return;
    if (whyNoReason(reason) !== null) return document.querySelector<HTMLElement>(`#${CSS.escape(id)}`)?.focus();
    const lines = conditions.split('\n').filter((line) => line.trim() !== '');
    const said = { verdict: words.verdict, reason: reason.trim(), ...way };
    const whole = words.verdict === 'approve' && lines.length > 0 ? { ...said, conditions: lines } : said;
    decide.mutate(whole, { onSuccess: () => setReason('') });
  };

  return (
    <>
      <form onSubmit={submit} className="stack" noValidate>
        <Radio.Group
          label="Your decision"
          value={chosen}
          onChange={setChosen}
          error={isTried && words === undefined ? 'Choose what you decide.' : null}
        >
          <div className="choices">
            {offered.map(({ verdict, label, follows }) => (
              <Radio key={verdict} value={verdict} label={label} description={follows} />
            ))}
          </div>
        </Radio.Group>
        {ways.length > 1 && (
          <NativeSelect
            label="In the role"
            value={String(wayIndex)}
            data={ways.map((one, index) => ({ value: String(index), label: labelOf(one) }))}
            onChange={({ currentTarget }) => setWayIndex(Number(currentTarget.value))}
          />
        )}
        <ReasonField id={id} value={reason} onChange={setReason} isTried={isTried} />
        {words?.verdict === 'approve' && (
          <Textarea
            label="Conditions (may be left out)"
            description="One a line. They stand in what you sign."
            value={conditions}
            onChange={({ currentTarget }) => setConditions(currentTarget.value)}
            autosize
          />
        )}
        <div className="meaning" aria-live="polite">
          <span className="dim">What your signature says{way === undefined ? '' : `, as ${labelOf(way)}`}: </span>
          {words === undefined ? 'choose a decision first.' : `“${words.meaning}”`}
          <div>
            <span className="dim">About </span>
            <Digest of={approval.subjectDigest} what="what you sign" />
          </div>
        </div>
        {decide.error !== null && <ProblemAlert error={decide.error} title="Nothing was signed" />}
        <Button type="submit" size="md" loading={decide.isPending} className={`act ${words?.tone ?? ''}`}>
          {words === undefined ? 'Sign' : `${words.label} and sign`}
        </Button>
      </form>
      <ProveAgain
        error={decide.error}
        account={approval.viewer.principal}
        onProven={() => decide.variables !== undefined && decide.mutate(decide.variables)}
        onLeave={decide.reset}
      />
    </>
  );
}
