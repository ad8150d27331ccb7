import { createInterface } from 'node:readline/promises';
import { LifecycleError } from '../../domain/kernel/errors.js';
import type { Terminal } from '../terminal.js';
import { TEMPLATE_NAMES, TEMPLATES, type Template } from './templates.js';

/**
 * Asks which template is meant. With `yes` nobody is asked.
 * @throws LifecycleError INVALID_INPUT where nobody can be asked, or for an answer that is no template
 */
export async function chooseTemplate({ yes, terminal }: { yes: boolean; terminal: Terminal }): Promise<Template> {
  const [first = 'own-files'] = TEMPLATE_NAMES;
  if (yes) return first;
  const known = TEMPLATE_NAMES.join(', ');
  if (!terminal.isInteractive) {
    throw new LifecycleError('INVALID_INPUT', `Name a template: --template ${known}; or --yes for ${first}.`);
  }
  TEMPLATE_NAMES.forEach((name, index) => terminal.note(`  ${index + 1} ${name.padEnd(18)} ${TEMPLATES[name].says}`));
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = (await lines.question(`Which one? [1] `)).trim() || '1';
    const chosen = TEMPLATE_NAMES[Number(answer) - 1] ?? TEMPLATE_NAMES.find((name) => name === answer);
    if (chosen !== undefined) return chosen;
    throw new LifecycleError('INVALID_INPUT', `"${answer}" is no template. There are ${known}.`);
  } finally {
    lines.close();
  }
}
