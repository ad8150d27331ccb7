import { Command } from 'commander';

export interface BenchOptions {
  only: string[];
  isQuick: boolean;
  hasPeers: boolean;
}

/** @param names of the parts that there are */
export function parseOptions(argv: readonly string[], names: readonly string[]): BenchOptions {
  const program = new Command('npm run bench --')
    .description('Measures what Assay costs on this machine, beside bare Temporal and raw Postgres, in one run.')
    .option('--only <name>', `one part of ${names.join(', ')}; may be repeated`, append(names), [])
    .option('--quick', 'few and small measurements: whether it runs, not how fast', false)
    .option('--no-peers', 'without the Python tools')
    .addHelpText('after', '\nExample: npm run bench -- --only floor --only assay')
    .parse([...argv], { from: 'user' });
  const { only, quick, peers } = program.opts<{ only: string[]; quick: boolean; peers: boolean }>();
  return { only, isQuick: quick, hasPeers: peers };
}

const append =
  (names: readonly string[]) =>
  (name: string, before: string[]): string[] => {
    if (!names.includes(name)) throw new Error(`There is no part ${name}. There are: ${names.join(', ')}.`);
    return [...before, name];
  };
