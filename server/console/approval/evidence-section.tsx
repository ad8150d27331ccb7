import type { Approval } from '../api/queries.js';
import { money } from '../comparison/words.js';
import { Digest } from '../parts/digest.js';
import { InertText } from '../parts/inert-text.js';
import { Section } from '../parts/section.js';

interface Bound {
  what: string;
  digest?: string;
  word?: string;
}

/** All that a signature binds, and the one digest that stands for it. */
export function EvidenceSection({ approval }: { approval: Approval }) {
  return (
    <Section
      title="Evidence"
      id="evidence"
      note="A signature binds all of this, by one digest. Should one byte of it change, every signature is void and nothing is served."
    >
      <div className="bound-digest">
        <span>A signature binds</span>
        <Digest of={approval.subjectDigest} what="what a signature binds" isWhole />
      </div>
      <table className="lines">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Digest, or the word that stands for it</th>
          </tr>
        </thead>
        <tbody>
          {boundOf(approval).map(({ what, digest, word }) => (
            <tr key={`${what} ${digest ?? ''}`}>
              <th scope="row">{what}</th>
              <td>{digest === undefined ? <InertText>{word ?? ''}</InertText> : <Digest of={digest} what={what} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function boundOf({ subject, terms, policyDigest }: Approval): Bound[] {
  const { weights, datasets, evaluations, target } = subject;
  const made = weights.jobId === undefined ? 'nothing was trained' : `its job ${weights.jobId}`;
  return [
    ...Object.entries(datasets).map(([split, digest]) => ({ what: `Data, ${split}`, digest })),
    { what: 'Base model', word: subject.baseModel },
    ...(weights.imported === undefined ? [] : [{ what: 'Import of the base model', digest: weights.imported }]),
    weights.digest === undefined
      ? { what: 'Weights', word: `the word of ${weights.provider}: ${made}` }
      : { what: 'Weights', digest: weights.digest },
    ...(weights.prompt === undefined ? [] : [{ what: 'Prompt', digest: weights.prompt }]),
    { what: 'Asked for as', word: `${weights.model} by ${weights.provider}` },
    ...evaluations.map((digest) => ({ what: 'Evaluation', digest })),
    { what: 'Verdicts of the gates', digest: subject.gateVerdicts },
    { what: 'Answers about the data', digest: subject.dataAnswers },
    { what: 'Where it will serve', word: `${target.alias} in ${target.project}, by the ${target.kind}` },
    { what: `Policy ${terms.policy.name}, version ${terms.policy.version}`, digest: policyDigest },
    { what: 'Notice to users', word: `${terms.disclosure.notice} (${terms.disclosure.application})` },
    { what: 'Quote', word: `${money(terms.quote.costMicroUsd)}, ${terms.quote.basis}` },
  ];
}
