import type { Handler } from 'hono';
import { z } from 'zod';
import {
  consistencyProofSchema,
  inclusionProofSchema,
  type ConsistencyProof,
  type InclusionProof,
} from '../../../domain/api/audit.js';
import { LifecycleError } from '../../../domain/kernel/errors.js';
import type { ApiEnvironment } from '../environment.js';
import { readQuery } from '../read-request.js';
import type { Route } from '../route.js';
import type { ApiStores } from '../stores.js';

const sizeSchema = z.coerce.number().int().min(1);
const inclusionQuery = z.strictObject({ leaf: z.coerce.number().int().min(0), size: sizeSchema.optional() });
const consistencyQuery = z.strictObject({ from: sizeSchema, to: sizeSchema.optional() });

const hex = (hash: Buffer): string => hash.toString('hex');

/** The size that was asked for, else that of the last checkpoint. @throws LifecycleError NOT_FOUND beyond the log */
async function sizeAsked({ audit }: Pick<ApiStores, 'audit'>, asked: number | undefined): Promise<number> {
  const last = await audit.tree.size();
  const size = asked ?? (await audit.latestCheckpoint())?.size ?? last;
  if (size > last || size === 0)
    throw new LifecycleError('NOT_FOUND', `The audit log has ${last} entries: there is no tree of size ${size}.`);
  return size;
}

/** GET /v1/audit/proofs/inclusion: that an entry stands under a checkpoint. */
function proveInclusion(stores: Pick<ApiStores, 'audit'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { leaf: leafIndex, ...query } = readQuery(c, inclusionQuery);
    const size = await sizeAsked(stores, query.size);
    const { leafHash, root, proof } = await stores.audit.tree.inclusion(leafIndex, size);
    const answer: InclusionProof = {
      leafIndex,
      leafHash: hex(leafHash),
      size,
      root: hex(root),
      proof: proof.map(hex),
    };
    return c.json(answer);
  };
}

/** GET /v1/audit/proofs/consistency: that a checkpoint says nothing else than an earlier one. */
function proveConsistency(stores: Pick<ApiStores, 'audit'>): Handler<ApiEnvironment> {
  return async (c) => {
    const { from, to: asked } = readQuery(c, consistencyQuery);
    const to = await sizeAsked(stores, asked);
    const { fromRoot, toRoot, proof } = await stores.audit.tree.consistency(from, to);
    const answer: ConsistencyProof = { from, fromRoot: hex(fromRoot), to, toRoot: hex(toRoot), proof: proof.map(hex) };
    return c.json(answer);
  };
}

export const proveInclusionRoute: Route = {
  method: 'get',
  path: '/v1/audit/proofs/inclusion',
  operationId: 'proveInclusion',
  tag: 'evidence',
  summary: 'The proof that an entry stands in the audit log of a size',
  description: 'Without `size`, in that of the last checkpoint.',
  request: { query: inclusionQuery },
  answers: { 200: { description: 'Hashes from the leaf to the root.', schema: inclusionProofSchema } },
  handler: proveInclusion,
};

export const proveConsistencyRoute: Route = {
  method: 'get',
  path: '/v1/audit/proofs/consistency',
  operationId: 'proveConsistency',
  tag: 'evidence',
  summary: 'The proof that the audit log of a size begins with that of an earlier size',
  description: 'Without `to`, with the size of the last checkpoint.',
  request: { query: consistencyQuery },
  answers: { 200: { description: 'Hashes that give both roots.', schema: consistencyProofSchema } },
  handler: proveConsistency,
};
