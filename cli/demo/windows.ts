import { z } from 'zod';
import type { ApiClient } from '../api-client.js';
import { columns } from '../columns.js';
import { withInterval } from '../gate-lines.js';
import { measuredWords } from './stage-lines.js';
import { measuredSchema } from './summaries.js';

const interval = z.tuple([z.number(), z.number()]);

/** What a monitor window found: the parts that the demo shows. */
const windowSchema = z.object({
  versionId: z.string(),
  items: z.number(),
  labelled: z.number(),
  inputDrift: z
    .object({
      verdict: z.string(),
      auc: z.number().nullable(),
      interval: interval.nullable(),
      pValue: z.number().nullable(),
      detectableAuc: z.number().nullable(),
    })
    .nullable(),
  quality: z.object({ measured: measuredSchema, drop: measuredSchema.nullable() }),
});
export type Window = z.infer<typeof windowSchema>;

const recordedSchema = z.object({ evidence: z.string() });

/** The monitor windows on file, oldest first: events of the audit log that name their evidence. */
export async function readWindows(api: ApiClient): Promise<Window[]> {
  const windows: Window[] = [];
  for (let after: number | null | undefined; after !== null;) {
    const { entries, next } = await api.audit({ after });
    after = next;
    for (const { event } of entries) {
      if (event?.action !== 'window.recorded') continue;
      const { evidence } = await api.evidence(recordedSchema.parse(event.details).evidence);
      windows.push(windowSchema.parse(evidence.body));
    }
  }
  return windows;
}

export const windowLines = (windows: readonly Window[]): string[] => columns(windows.flatMap(windowRows));

/** Drift where the window had new mails, quality where people had labelled what was answered. */
function windowRows({ items, labelled, inputDrift, quality }: Window, at: number): string[][] {
  const name = `window ${at + 1}`;
  return [
    ...(inputDrift === null ? [] : [[name, `${items} mails`, ...driftCells(inputDrift)]]),
    ...(labelled === 0 ? [] : [[name, `${labelled} labels`, ...qualityCells(quality)]]),
  ];
}

/** A classifier tells this window's mails from those of the release: 0.5 is not at all, 1 is always. */
function driftCells({ verdict, auc, interval, pValue, detectableAuc }: NonNullable<Window['inputDrift']>): string[] {
  const tells = auc === null ? 'not measured' : `told apart by ${withInterval(auc, interval)}`;
  const p = pValue === null ? '' : `p ${pValue < 0.001 ? '< 0.001' : pValue.toFixed(3)}`;
  return [verdict, tells, p, detectableAuc === null ? '' : `would see ${detectableAuc.toFixed(3)}`];
}

const qualityCells = ({ measured, drop }: Window['quality']): string[] => [
  'quality',
  `macro-F1 ${measuredWords(measured)}`,
  drop === null ? '' : `below its release test by ${measuredWords(drop)}`,
  '',
];
