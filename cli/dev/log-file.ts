import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const LARGEST_BYTES = 10 * 1024 * 1024;
const TAIL_LINES = 20;

/** Lines of one child process, each with its time; at 10 MB the file becomes `<path>.1` and a new one begins. */
export class LogFile {
  readonly path: string;
  private bytes: number;
  private readonly lastLines: string[] = [];

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.path = path;
    this.bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }

  write(line: string): void {
    const text = `${new Date().toISOString()} ${line}\n`;
    if (this.bytes > LARGEST_BYTES) this.rotate();
    appendFileSync(this.path, text);
    this.bytes += Buffer.byteLength(text);
    this.lastLines.push(line);
    if (this.lastLines.length > TAIL_LINES) this.lastLines.shift();
  }

  /** The last lines written by this process, for an error message. */
  tail(): string {
    return this.lastLines.join('\n');
  }

  private rotate(): void {
    renameSync(this.path, `${this.path}.1`);
    this.bytes = 0;
  }
}
