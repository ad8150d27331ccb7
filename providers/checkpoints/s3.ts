import {
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import type { S3Target } from '../../domain/config/checkpoint-copies.js';
import { providerError, type LifecycleError } from '../../domain/kernel/errors.js';
import { copyName, type CheckpointCopies, type CheckpointCopy } from '../../domain/ports/checkpoint-copies.js';
import { secretKey, type Secrets } from '../../domain/ports/secrets.js';
import { otherCopy } from './other-copy.js';

const DAY_MILLISECONDS = 86_400_000;
const EXISTS = 412;

/**
 * Copies in a bucket with object lock. A copy is made only where there is none of its name (`If-None-Match: *`), and is
 * locked in the mode COMPLIANCE: nobody can delete it before its time. Needs the rights `s3:PutObject`,
 * `s3:PutObjectRetention` and `s3:GetObject`.
 */
export function createS3Copies(
  target: S3Target,
  { secrets, clock }: { secrets: Secrets; clock: () => number },
): CheckpointCopies {
  const { bucket, prefix, retentionDays } = target;
  const client = new S3Client(clientConfig(target, secrets));
  const keyOf = (copy: CheckpointCopy): string => {
    const { folder, file } = copyName(copy);
    return `${prefix}${folder}/${file}`;
  };

  async function write(copy: CheckpointCopy): Promise<void> {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: keyOf(copy),
        Body: copy.note,
        ContentType: 'text/plain; charset=utf-8',
        ChecksumAlgorithm: 'SHA256',
        IfNoneMatch: '*',
        ObjectLockMode: 'COMPLIANCE',
        ObjectLockRetainUntilDate: new Date(clock() + retentionDays * DAY_MILLISECONDS),
      }),
    );
  }

  async function read(copy: CheckpointCopy): Promise<string | undefined> {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(copy) }));
    return Body?.transformToString();
  }

  return {
    name: `s3 ${target.endpoint ?? target.region} ${bucket}/${prefix}`,
    async put(copy) {
      try {
        await write(copy);
      } catch (error) {
        if (!(error instanceof S3ServiceException && error.$metadata.httpStatusCode === EXISTS))
          throw failure(bucket, error);
        const there = await read(copy).catch((cause: unknown) => Promise.reject(failure(bucket, cause)));
        if (there !== copy.note) throw otherCopy(`the bucket ${bucket}`, copy);
      }
    },
  };
}

function clientConfig({ region, endpoint, keys }: S3Target, secrets: Secrets): S3ClientConfig {
  const [id, secret] = keys === undefined ? [] : [secretKey(secrets, keys.id), secretKey(secrets, keys.secret)];
  return {
    region,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    ...(id !== undefined &&
      secret !== undefined && {
        credentials: async () => ({ accessKeyId: await id.current(), secretAccessKey: await secret.current() }),
      }),
  };
}

function failure(bucket: string, cause: unknown): LifecycleError {
  const status = cause instanceof S3ServiceException ? cause.$metadata.httpStatusCode : undefined;
  const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  const details = { retryable: true, ...(status !== undefined && { status }) };
  return providerError(`Cannot copy checkpoints to the bucket ${bucket}: ${why}`, details, cause);
}
