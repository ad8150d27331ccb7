import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { digestField } from '../api/fields.js';
import type { Envelope } from '../evidence/dsse.js';
import { keyId } from '../evidence/dsse.js';
import { LifecycleError } from '../kernel/errors.js';
import { DECISION_VERDICTS, REQUEST_STATES } from '../kernel/states.js';
import { policyFields } from '../lifecycle-file/schema/policy-fields.js';
import type { RequestFile } from '../ports/approval-store.js';
import { judgeRequest, type ApprovalJudgement } from './judge-request.js';

export const APPROVAL_FILE_FORMAT = 'assay-approval/1';

const envelope: z.ZodType<Envelope> = z.object({
  payloadType: z.string(),
  payload: z.string(),
  signatures: z.array(z.object({ keyid: z.string(), sig: z.string() })),
});
const delegation = z.object({
  id: z.string(),
  delegator: z.string(),
  delegate: z.string(),
  role: z.string(),
  from: z.string(),
  until: z.string(),
  revokedAt: z.string().nullable(),
  envelope,
});

/** A request as it is kept, with every envelope: all that its signatures can be checked by. */
export const approvalFileSchema = z
  .object({
    format: z.literal(APPROVAL_FILE_FORMAT),
    /** The installation that the signatures name. */
    instance: z.string(),
    /** PEM; the file's own word. */
    publicKey: z.string(),
    file: z.object({
      request: z.object({
        id: z.string(),
        runId: z.string(),
        project: z.string(),
        subject: z.looseObject({}),
        terms: z.looseObject({
          policy: z.strictObject(policyFields),
          requester: z.string(),
          answers: z.array(z.looseObject({ question: z.string(), verdict: z.string() })),
        }),
        subjectDigest: digestField,
        policyDigest: digestField,
        openedAt: z.string(),
        expiresAt: z.string(),
        state: z.enum(REQUEST_STATES),
      }),
      decisions: z.array(
        z.object({
          id: z.string(),
          requestId: z.string(),
          principal: z.string(),
          isService: z.boolean(),
          stage: z.string(),
          role: z.string(),
          verdict: z.enum(DECISION_VERDICTS),
          delegation: delegation.nullable(),
          supersedes: z.string().nullable(),
          envelope,
          /** When the request was closed; now, while it is open. */
          holdsRole: z.boolean(),
        }),
      ),
      waivers: z.array(
        z.object({
          id: z.string(),
          requestId: z.string(),
          question: z.string(),
          principal: z.string(),
          role: z.string(),
          until: z.string(),
          envelope,
          holdsRole: z.boolean(),
        }),
      ),
      /** The moment that is judged: that of the release, or of the export. */
      now: z.string(),
      closed: z.object({ at: z.string(), reason: z.string() }).optional(),
    }),
  })
  .meta({ id: 'ApprovalFile' });
export type ApprovalFile = z.infer<typeof approvalFileSchema>;

export interface ApprovalReport {
  file: RequestFile;
  judgement: ApprovalJudgement;
  /** Of the key that was used. */
  keyId: string;
  /** Whether the key came from the file itself. */
  isOwnKey: boolean;
}

/**
 * Judges an exported approval from what was signed, offline. `key` (PEM): the public key as the reader knows it; the
 * file's own word where none is given.
 * @throws LifecycleError INVALID_INPUT for what is no such file or key
 */
export function verifyApprovalFile(text: string, key?: string): ApprovalReport {
  const { instance, publicKey, file } = parseFile(text);
  const used = readKey(key ?? publicKey);
  const requestFile = file as unknown as RequestFile;
  const judgement = judgeRequest(requestFile, instance, used);
  return { file: requestFile, judgement, keyId: keyId(used), isOwnKey: key === undefined };
}

function parseFile(text: string): ApprovalFile {
  try {
    return approvalFileSchema.parse(JSON.parse(text));
  } catch (cause) {
    const message =
      'This is no approval as `assay approvals export` writes it: it was cut, altered or is another file.';
    throw new LifecycleError('INVALID_INPUT', message, {}, cause);
  }
}

function readKey(pem: string): KeyObject {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // What cannot be read is no key, as what follows says.
  }
  throw new LifecycleError('INVALID_INPUT', 'This is no Ed25519 public key in PEM form.');
}
