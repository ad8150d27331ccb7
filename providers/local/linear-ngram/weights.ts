import { LifecycleError } from '../../../domain/kernel/errors.js';
import { BUCKETS } from './features.js';

/** A trained model: labels in order, one bias per label, and per bucket one weight per label. */
export interface LinearNgramWeights {
  labels: string[];
  bias: Float32Array;
  /** `rows[bucket * labels.length + label]`. */
  rows: Float32Array;
}

export const MAXIMUM_LABELS = 64;
const MAGIC = 'ASSAYLNG';
const VERSION = 1;
const PREFIX_BYTES = MAGIC.length + 8;
const BITMAP_BYTES = BUCKETS / 8;

/**
 * The file: `ASSAYLNG`, version and header length (uint32, little-endian), the header (JSON: labels, buckets, kept
 * rows), a bitmap of the buckets that are not all zero, the biases, and the kept rows (float32, little-endian).
 * Equal weights give equal bytes.
 */
export function encodeWeights(weights: LinearNgramWeights): Buffer {
  const classes = weights.labels.length;
  const bitmap = Buffer.alloc(BITMAP_BYTES);
  const kept: number[] = [];
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    if (!hasWeight(weights.rows, bucket * classes, classes)) continue;
    bitmap[bucket >> 3] = (bitmap[bucket >> 3] ?? 0) | (1 << (bucket & 7));
    kept.push(bucket);
  }
  const header = Buffer.from(JSON.stringify({ labels: weights.labels, buckets: BUCKETS, rows: kept.length }));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.write(MAGIC, 'latin1');
  prefix.writeUInt32LE(VERSION, MAGIC.length);
  prefix.writeUInt32LE(header.length, MAGIC.length + 4);
  const numbers = Buffer.alloc((kept.length + 1) * classes * 4);
  const view = new DataView(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  for (let k = 0; k < classes; k++) view.setFloat32(k * 4, weights.bias[k] ?? 0, true);
  for (const [position, bucket] of kept.entries()) {
    for (let k = 0; k < classes; k++) {
      view.setFloat32(((position + 1) * classes + k) * 4, weights.rows[bucket * classes + k] ?? 0, true);
    }
  }
  return Buffer.concat([prefix, header, bitmap, numbers]);
}

/** @throws LifecycleError ARTIFACT when the bytes are no such file, or one that was cut or altered in its shape. */
export function decodeWeights(bytes: Uint8Array): LinearNgramWeights {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { labels, rows, start } = readHeader(file);
  const classes = labels.length;
  const bitmap = file.subarray(start, start + BITMAP_BYTES);
  const numbers = file.subarray(start + BITMAP_BYTES);
  const view = new DataView(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  if (view.byteLength !== (rows + 1) * classes * 4) throw malformed('its length does not fit its header');
  const weights: LinearNgramWeights = {
    labels,
    bias: Float32Array.from({ length: classes }, (_, k) => view.getFloat32(k * 4, true)),
    rows: new Float32Array(classes * BUCKETS),
  };
  let position = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    if (((bitmap[bucket >> 3] ?? 0) & (1 << (bucket & 7))) === 0) continue;
    if (++position > rows) throw malformed('its bitmap names more rows than it has');
    for (let k = 0; k < classes; k++) {
      weights.rows[bucket * classes + k] = view.getFloat32((position * classes + k) * 4, true);
    }
  }
  if (position !== rows) throw malformed('its bitmap names fewer rows than it has');
  if (!weights.bias.every(Number.isFinite) || !weights.rows.every(Number.isFinite)) {
    throw malformed('it holds a number that is not finite');
  }
  return weights;
}

function readHeader(file: Buffer): { labels: string[]; rows: number; start: number } {
  if (file.length < PREFIX_BYTES || file.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw malformed('it does not begin with ASSAYLNG');
  }
  const version = file.readUInt32LE(MAGIC.length);
  if (version !== VERSION) throw malformed(`its version is ${version}; this program reads version ${VERSION}`);
  const start = PREFIX_BYTES + file.readUInt32LE(MAGIC.length + 4);
  if (file.length < start + BITMAP_BYTES) throw malformed('it is cut short');
  const header = parseHeader(file.toString('utf8', PREFIX_BYTES, start));
  return { ...header, start };
}

function parseHeader(text: string): { labels: string[]; rows: number } {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch {
    throw malformed('its header is not JSON');
  }
  const { labels, buckets, rows } = Object(header) as Record<string, unknown>;
  const hasLabels = Array.isArray(labels) && labels.length > 0 && labels.length <= MAXIMUM_LABELS;
  if (!hasLabels || !labels.every((label) => typeof label === 'string')) throw malformed('its labels are not names');
  if (buckets !== BUCKETS || !Number.isInteger(rows) || Number(rows) < 0) throw malformed('its shape is unknown');
  return { labels, rows: Number(rows) };
}

function hasWeight(rows: Float32Array, from: number, classes: number): boolean {
  for (let k = 0; k < classes; k++) if (rows[from + k] !== 0) return true;
  return false;
}

const malformed = (why: string): LifecycleError =>
  new LifecycleError('ARTIFACT', `This is not a usable linear-ngram weights file: ${why}. Take it from the job again.`);
