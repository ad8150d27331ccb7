import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signedFacts } from '../../../domain/checklist/signed-facts.js';
import type { RequestFile } from '../../../domain/ports/approval-store.js';
import { approvedFile, INSTANCE, keys } from '../../support/approval-files.js';

const factsOf = (file: RequestFile) => signedFacts(file, INSTANCE, keys.publicKey);
const signers = (file: RequestFile) => factsOf(file).approval.decisions.map(({ principal }) => principal);

describe('what people signed, as the checklist takes it', () => {
  it('is in the words of the statements', () => {
    const { approval, waivers } = factsOf(approvedFile());
    expect(approval.decisions).toMatchObject([
      { principal: 'ruth', role: 'risk', verdict: 'approve' },
      { principal: 'leo', role: 'legal', verdict: 'approve' },
    ]);
    expect(waivers).toEqual([
      {
        question: 'QD3',
        by: 'leo',
        why: 'the evidence holds',
        purpose: 'demonstration',
        until: '2026-12-31T00:00:00.000Z',
      },
    ]);
  });

  it('leaves out a waiver that has ended, or whose signer gave the role back', () => {
    const file = approvedFile();
    expect(factsOf({ ...file, now: '2026-12-31T00:00:00.000Z' }).waivers).toEqual([]);
    const waivers = file.waivers.map((waiver) => ({ ...waiver, holdsRole: false }));
    expect(factsOf({ ...file, waivers }).waivers).toEqual([]);
  });

  it('counts nothing that does not verify', () => {
    const file = approvedFile();
    const stranger = generateKeyPairSync('ed25519').publicKey;
    expect(signedFacts(file, INSTANCE, stranger)).toMatchObject({ approval: { decisions: [] }, waivers: [] });
    const decisions = file.decisions.map((decision) => ({ ...decision, principal: 'mallory' }));
    expect(signers({ ...file, decisions })).toEqual([]);
    const altered = { ...file.request, subject: { ...file.request.subject, baseModel: 'other' } };
    expect(factsOf({ ...file, request: altered })).toMatchObject({ approval: { decisions: [] }, waivers: [] });
  });
});
