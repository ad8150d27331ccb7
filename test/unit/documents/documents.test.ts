import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datasheetSchema } from '../../../domain/api/datasheet.js';
import { modelCardSchema } from '../../../domain/api/model-card.js';
import type { ChecklistFacts } from '../../../domain/checklist/facts.js';
import { datasheet } from '../../../domain/documents/datasheet.js';
import { inline } from '../../../domain/documents/markdown.js';
import { modelCard } from '../../../domain/documents/model-card.js';
import { printDatasheet } from '../../../domain/documents/print-datasheet.js';
import { printModelCard } from '../../../domain/documents/print-model-card.js';
import { canonicalJson } from '../../../domain/evidence/canonical.js';
import { completeFacts, NO_EVIDENCE } from '../../support/checklist-facts.js';

const bareFacts = (): ChecklistFacts => ({
  ...completeFacts(),
  evidence: NO_EVIDENCE,
  approval: null,
  waivers: [],
  periods: [],
  windows: [],
  fineTuneMilliseconds: null,
});
const card = (facts: ChecklistFacts) => printModelCard(modelCard(facts)).join('\n');
const sheet = (facts: ChecklistFacts) => printDatasheet(datasheet(facts)).join('\n');

describe('model card and datasheet', () => {
  it('have the shape that the api promises, with and without evidence', () => {
    for (const facts of [completeFacts(), bareFacts()]) {
      expect(modelCardSchema.parse(modelCard(facts))).toEqual(modelCard(facts));
      expect(datasheetSchema.parse(datasheet(facts))).toEqual(datasheet(facts));
    }
  });

  it('are the same for the same facts, in whatever order their keys stand', () => {
    const again = JSON.parse(canonicalJson(completeFacts())) as ChecklistFacts;
    expect(card(again)).toBe(card(completeFacts()));
    expect(sheet(again)).toBe(sheet(completeFacts()));
  });

  it('do not depend on when they are written, while the waivers last', () => {
    const later = { ...completeFacts(), now: '2026-03-02T00:00:00.000Z' };
    expect(card(later)).toBe(card(completeFacts()));
  });

  it('say what is measured, waived and served', () => {
    const text = card(completeFacts());
    expect(text).toContain('| triage v1 | f1-macro | 0.980 \\[0.950, 1.000\\] on 36 items at 95 % |');
    expect(text).toContain('It is unknown, and waived by leo until 2026-04-01 for demonstration: "a toy"');
    expect(text).toContain('| toy-triage | 2026-02-01T00:00:00.000Z | now | 100 %, champion | run-1 |');
    expect(sheet(completeFacts())).toContain('- Left out, by reason: duplicate.exact: 4');
  });

  it('say gaps as gaps', () => {
    const text = card(completeFacts());
    expect(text).toContain('- Energy: **not on record**');
    expect(text).toMatch(/^- \*\*QM7\*\* .*\*\*Unknown\*\*: /m);
    expect(text).toMatch(/^- \*\*QD3\*\* .*\*\*Unknown\*\*, waived by leo until 2026-04-01: /m);
    expect(text).not.toMatch(/^- \*\*QM3\*\*/m);
    const bare = card(bareFacts());
    for (const title of ['Training', 'Data', 'Evaluation', 'Gates', 'Approval'])
      expect(bare).toContain(`## ${title}\n\n**not on record**`);
    expect(sheet(bareFacts())).toContain('## Sources\n\n**not on record**');
    expect(datasheet(bareFacts()).gaps).toHaveLength(8);
  });

  it('let nothing from elsewhere become markup', () => {
    expect(sheet(completeFacts())).toContain('- Described by itself as: Made-up \\| mails');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const printed = inline(text);
        expect(printed.replaceAll(/\\[\\`*[\]<>|]/g, '')).not.toMatch(/[\n\r\u0000-\u001f\u202e\u200b`*[\]<>|]/);
      }),
    );
  });
});
