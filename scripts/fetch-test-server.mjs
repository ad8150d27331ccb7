// Fetches Temporal's time-skipping test server (Java) with what it needs from Maven Central into the cache, and puts a
// wrapper beside it that the SDK can start. Needs java and mvn; does nothing when it is there already.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '1.32.0';
const TIME_LIMIT_MILLISECONDS = 300_000;
const target = fileURLToPath(new URL('../.assay/cache/test-server', import.meta.url));

const POM = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>assay</groupId>
  <artifactId>test-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;

/** The SDK passes the port as the first argument. */
const WRAPPER = `#!/bin/sh
here=$(dirname "$0")
exec java -cp "$here/jars/*" io.temporal.testserver.TestServer "$@"
`;

function fetchInto(folder) {
  const pom = join(folder, 'pom.xml');
  writeFileSync(pom, POM);
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${join(folder, 'jars')}`];
  const result = spawnSync('mvn', ['-q', '-B', '-C', '-f', pom, ...goal], {
    stdio: ['ignore', process.stderr, process.stderr],
    timeout: TIME_LIMIT_MILLISECONDS,
  });
  return result.status === 0;
}

function install(folder) {
  writeFileSync(join(folder, 'test-server'), WRAPPER, { mode: 0o755 });
  rmSync(target, { recursive: true, force: true });
  renameSync(folder, target);
}

if (existsSync(join(target, 'test-server'))) process.exit(0);
mkdirSync(dirname(target), { recursive: true });
const folder = mkdtempSync(`${target}.new-`);
if (fetchInto(folder)) {
  install(folder);
  console.error(`fetched the time-skipping test server ${VERSION}`);
} else {
  rmSync(folder, { recursive: true, force: true });
  console.error('the time-skipping test server could not be fetched: install Java 17 and Maven, and run this again');
  process.exitCode = 1;
}
