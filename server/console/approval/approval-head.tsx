import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Approval, Comparison } from '../api/queries.js';
import { InertText } from '../parts/inert-text.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { Verdict } from '../parts/verdict.js';
import { statusInWords } from './status-in-words.js';

/** Which model, for what, asked by whom, until when, and how it stands. */
export function ApprovalHead({ approval, comparison, children }: ApprovalHeadOptions) {
  const { subject, terms } = approval;
  const requesters = [terms.requester, ...(terms.alsoRequested ?? [])];
  const name = comparison?.candidate.versionId ?? subject.target.alias;
  return (
    <Page title={`Release of ${name}`} heading={<>Release of {name}</>} lead={<Status approval={approval} />}>
      {!approval.isIntact && (
        <Alert color="red" variant="filled" title="The content was changed" role="alert">
          What is on file no longer has the digest that people sign. Nobody can sign it; tell the operators.
        </Alert>
      )}
      {comparison !== undefined && (
        <p className="purpose">
          <InertText>{comparison.candidate.purpose}</InertText>
        </p>
      )}
      <dl className="facts">
        <Fact name="Model">
          <InertText>{subject.weights.model}</InertText> <span className="dim">by {subject.weights.provider}</span>
        </Fact>
        <Fact name="Made from">{subject.baseModel}</Fact>
        <Fact name="Will answer as">{subject.target.alias}</Fact>
        <Fact name="Requested by">{requesters.join(', ')}</Fact>
        <Fact name="Opened">
          <Moment at={approval.openedAt} />
        </Fact>
        <Fact name="Deadline">
          <Moment at={approval.expiresAt} />
        </Fact>
      </dl>
      {children}
    </Page>
  );
}

interface ApprovalHeadOptions {
  approval: Approval;
  /** Undefined until it is there. */
  comparison: Comparison | undefined;
  children: ReactNode;
}

function Status({ approval }: { approval: Approval }) {
  return (
    <p className="status" role="status">
      <Verdict is={approval.state} /> {statusInWords(approval)}
    </p>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
