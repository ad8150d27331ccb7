import fc from 'fast-check';
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson, digestOf } from '../../domain/evidence/canonical.js';
import { openEnvelope, signStatement } from '../../domain/evidence/dsse.js';
import { evidenceId, type Evidence } from '../../domain/evidence/evidence.js';

const fact: Evidence = {
  kind: 'dataset',
  subject: digestOf('subject'),
  producer: { name: 'assay/test', version: '1' },
  inputs: [],
  body: { records: 3 },
};

describe('canonical JSON', () => {
  it('gives the same bytes for the same meaning, in any order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
      }),
    );
  });

  it('writes numbers as RFC 8785 says', () => {
    expect(canonicalJson([-0, 1e21, 1e-7, 0.1])).toBe('[0,1e+21,1e-7,0.1]');
  });

  it('refuses what JSON cannot hold', () => {
    expect(() => canonicalJson({ value: Number.NaN })).toThrow('no canonical JSON form');
  });
});

describe('the id of evidence', () => {
  it('changes with every part of its content', () => {
    const others = [{ body: { records: 4 } }, { inputs: [digestOf('input')] }, { subject: digestOf('other') }];
    for (const over of others) expect(evidenceId({ ...fact, ...over })).not.toBe(evidenceId(fact));
  });
});

describe('a signed envelope', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');

  it('opens under its key and type only', () => {
    const envelope = signStatement('type/a', { says: 'yes' }, privateKey);
    expect(openEnvelope('type/a', envelope, publicKey)).toEqual({ says: 'yes' });
    expect(openEnvelope('type/b', envelope, publicKey)).toBeUndefined();
    expect(openEnvelope('type/a', envelope, generateKeyPairSync('ed25519').publicKey)).toBeUndefined();
  });

  it('does not open once a byte of it is another', () => {
    const envelope = signStatement('type/a', { says: 'yes' }, privateKey);
    const payload = Buffer.from(JSON.stringify({ says: 'no!' })).toString('base64');
    expect(openEnvelope('type/a', { ...envelope, payload }, publicKey)).toBeUndefined();
  });
});
