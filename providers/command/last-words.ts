import { StringDecoder } from 'node:string_decoder';
import { inertLine } from '../../domain/inert-line.js';

const LINES = 20;
const LONGEST_LINE = 4_096;
const LONGEST = 2_000;

/** Turns what a command prints into lines, and remembers the last of them: those of its errors where it wrote any. */
export class LastWords {
  private readonly open = [new Unfinished(), new Unfinished()] as const;
  private readonly last: [string[], string[]] = [[], []];

  /** The lines that this chunk ends. */
  hear(chunk: Buffer, isError: boolean): string[] {
    const at = isError ? 1 : 0;
    const lines = this.open[at].take(chunk);
    this.last[at] = [...this.last[at], ...lines].slice(-LINES);
    return lines;
  }

  /** At most 2,000 characters, inert, without these secrets. */
  said(secrets: readonly string[]): string {
    const [out, errors] = [0, 1].map((at) => [...this.last[at]!, this.open[at]!.rest()].filter((line) => line !== ''));
    const lines = (errors!.length > 0 ? errors! : out!).slice(-LINES).map((line) => {
      const masked = secrets.reduce((text, secret) => text.replaceAll(secret, '[masked]'), line);
      return inertLine(masked, 500);
    });
    return lines.join('\n').slice(-LONGEST);
  }
}

/** A line that is not over yet; of an endless one only the beginning is kept. */
class Unfinished {
  private readonly decoder = new StringDecoder('utf8');
  private text = '';

  take(chunk: Buffer): string[] {
    const parts = this.decoder.write(chunk).split(/\r\n|\n|\r/);
    const lines: string[] = [];
    for (const [index, part] of parts.entries()) {
      if (this.text.length < LONGEST_LINE) this.text += part.slice(0, LONGEST_LINE);
      if (index === parts.length - 1) break;
      if (this.text.trim() !== '') lines.push(this.text);
      this.text = '';
    }
    return lines;
  }

  rest = (): string => this.text.trim();
}
