import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { APPROVAL_FILE_FORMAT, verifyApprovalFile } from '../../domain/approvals/approval-file.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import type { RequestFile } from '../../domain/ports/approval-store.js';
import { approvedFile, INSTANCE, keys } from '../support/approval-files.js';

const pem = keys.publicKey.export({ type: 'spki', format: 'pem' }) as string;

const exported = (change: (file: RequestFile) => void = () => undefined): string => {
  const file = approvedFile();
  change(file);
  return JSON.stringify({ format: APPROVAL_FILE_FORMAT, instance: INSTANCE, publicKey: pem, file });
};

describe('an approval that was exported', () => {
  it('is judged offline, and says whose key it was checked by', () => {
    const report = verifyApprovalFile(exported());
    expect(report).toMatchObject({ judgement: { outcome: 'approved', unverified: [] }, isOwnKey: true });
    expect(verifyApprovalFile(exported(), pem).isOwnKey).toBe(false);
  });

  it('does not verify under another key', () => {
    const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }) as string;
    const { judgement } = verifyApprovalFile(exported(), other);
    expect(judgement.outcome).toBe('pending');
    expect(judgement.unverified).toHaveLength(3);
  });

  it.each<[what: string, change: (file: RequestFile) => void]>([
    ['a bound dataset', ({ request }) => void (request.subject.datasets['train'] = digestOf('other'))],
    ['the policy', ({ request }) => void (request.terms.policy.stages[0]!.roles[0]!.count = 2)],
    ['the notice to users', ({ request }) => void (request.terms.disclosure.notice += '!')],
    ['the request that is named', ({ request }) => void (request.id = 'run-2')],
    ['a verdict', ({ decisions }) => void (decisions[0]!.verdict = 'reject')],
    ['one byte of a signature', ({ decisions }) => void (decisions[0]!.envelope.payload += 'A')],
    ['a waiver', ({ waivers }) => void (waivers[0]!.question = 'QD4')],
  ])('is found out where somebody changes %s', (_, change) => {
    const { judgement } = verifyApprovalFile(exported(change), pem);
    expect(judgement.outcome).not.toBe('approved');
    expect(judgement.unverified.length).toBeGreaterThan(0);
  });

  it.each([
    ['no JSON', '{'],
    ['another file', '{"format":"other"}'],
    [
      'a policy with a key that no policy has',
      exported(({ request }) => Object.assign(request.terms.policy, { x: 1 })),
    ],
  ])('is refused as %s', (_, text) => {
    expect(() => verifyApprovalFile(text)).toThrow(/This is no approval/);
    expect(() => verifyApprovalFile(exported(), 'no key')).toThrow(/no Ed25519 public key/);
  });
});
