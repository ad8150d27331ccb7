import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { judgeRequest } from '../../domain/approvals/judge-request.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import type { RequestFile } from '../../domain/ports/approval-store.js';
import { approvedFile, INSTANCE, keys, signedDecision, signedWaiver } from '../support/approval-files.js';

const judge = (file: RequestFile) => judgeRequest(file, INSTANCE, keys.publicKey);

describe('the judgement of a request', () => {
  it('approves what two people signed and legal waived', () => {
    expect(judge(approvedFile())).toMatchObject({ outcome: 'approved', unwaived: [], unverified: [] });
  });

  it('waits while an unknown answer is not waived', () => {
    expect(judge({ ...approvedFile(), waivers: [] })).toMatchObject({ outcome: 'pending', unwaived: ['QD3'] });
  });

  it('waits when the waiver has ended', () => {
    const ended = [signedWaiver('leo', { until: '2026-01-01T00:00:00.000Z' })];
    expect(judge({ ...approvedFile(), waivers: ended }).outcome).toBe('pending');
  });

  it('does not let the requester waive', () => {
    const own = approvedFile();
    own.waivers = [signedWaiver('ada')];
    expect(judge(own)).toMatchObject({ outcome: 'pending', unwaived: ['QD3'] });
  });

  it('does not count a decision signed with another key', () => {
    const forged = signedDecision('ruth', 'risk', {}, generateKeyPairSync('ed25519').privateKey);
    const judgement = judge({ ...approvedFile(), decisions: [forged, signedDecision('leo', 'legal')] });
    expect(judgement.outcome).toBe('pending');
    expect(judgement.unverified).toEqual([{ id: forged.id, reason: 'its signature does not verify' }]);
  });

  it('attack 5: does not count a signature of another request, another subject or another installation', () => {
    const others = [{ requestId: 'run-2' }, { subjectDigest: digestOf('other') }, { instance: 'elsewhere' }];
    for (const over of others) {
      const decisions = [signedDecision('ruth', 'risk', over), signedDecision('leo', 'legal')];
      expect(judge({ ...approvedFile(), decisions }).outcome).toBe('pending');
    }
  });

  it('does not believe a row that says more than its signature', () => {
    const altered = { ...signedDecision('mia', 'product'), principal: 'ruth', role: 'risk' };
    expect(judge({ ...approvedFile(), decisions: [altered, signedDecision('leo', 'legal')] }).outcome).toBe('pending');
  });

  it('attack 4: counts nothing once the bound content is not that of its digest', () => {
    const file = approvedFile();
    file.request.subject.weights = { ...file.request.subject.weights, model: 'ft:another' };
    expect(judge(file).outcome).toBe('pending');
    const eased = approvedFile();
    eased.request.terms.requester = 'somebody-else';
    expect(judge(eased).outcome).toBe('pending');
  });

  it('attack 8: does not count somebody who lost the role since', () => {
    const decisions = [{ ...signedDecision('ruth', 'risk'), holdsRole: false }, signedDecision('leo', 'legal')];
    expect(judge({ ...approvedFile(), decisions }).outcome).toBe('pending');
  });
});
