import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Paths of PEM files. */
export interface KeyFiles {
  /** Signs decisions; only the api may read it. */
  readonly decisionKeyFile: string;
  /** Verifies decisions: workers and the gateway. */
  readonly decisionPublicKeyFile: string;
  /** Signs checkpoints of the audit log: a key of its own. */
  readonly logKeyFile: string;
}

/** Makes the installation's Ed25519 keys where there are none; only this user may read them. */
export function ensureKeys(folder: string): KeyFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = {
    decisionKeyFile: join(folder, 'decision-key.pem'),
    decisionPublicKeyFile: join(folder, 'decision-key.pub.pem'),
    logKeyFile: join(folder, 'log-key.pem'),
  };
  if (!existsSync(files.decisionKeyFile)) writeKeyPair(files.decisionKeyFile, files.decisionPublicKeyFile);
  if (!existsSync(files.logKeyFile)) writeKeyPair(files.logKeyFile, join(folder, 'log-key.pub.pem'));
  return files;
}

/** The private key comes last: where it stands, its public key does too. */
function writeKeyPair(privateFile: string, publicFile: string): void {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeWhole(publicFile, publicKey.export({ type: 'spki', format: 'pem' }));
  writeWhole(privateFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

function writeWhole(path: string, content: string | Buffer): void {
  writeFileSync(`${path}.new`, content, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
