import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs';

/**
 * What a command prints, at most so many bytes of it: the first half stays, then the last. The tail is two files that
 * take turns, so the disk never holds more than the limit, whatever is printed.
 */
export class CappedLog {
  private readonly path: string;
  private readonly headBytes: number;
  private readonly turnBytes: number;
  private file: number;
  private head: number;
  private tail: number | undefined;
  private turn = 0;

  constructor(path: string, limitBytes: number) {
    this.path = path;
    this.headBytes = Math.ceil(limitBytes / 2);
    this.turnBytes = Math.ceil(limitBytes / 4);
    this.file = openSync(path, 'a', 0o600);
    this.head = statSync(path).size;
  }

  write(chunk: Uint8Array): void {
    const room = Math.max(0, this.headBytes - this.head);
    const first = chunk.subarray(0, room);
    if (first.byteLength > 0) writeSync(this.file, first);
    this.head += first.byteLength;
    for (let at = room; at < chunk.byteLength; at += this.turnBytes)
      this.writeTail(chunk.subarray(at, at + this.turnBytes));
  }

  private writeTail(chunk: Uint8Array): void {
    if (chunk.byteLength === 0) return;
    if (this.tail === undefined || this.turn + chunk.byteLength > this.turnBytes) this.takeTurns();
    writeSync(this.tail!, chunk);
    this.turn += chunk.byteLength;
  }

  private takeTurns(): void {
    const path = `${this.path}.tail`;
    if (this.tail !== undefined) closeSync(this.tail);
    try {
      renameSync(path, `${path}.before`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    this.tail = openSync(path, 'w', 0o600);
    this.turn = 0;
  }

  close(): void {
    closeSync(this.file);
    if (this.tail !== undefined) closeSync(this.tail);
  }
}
