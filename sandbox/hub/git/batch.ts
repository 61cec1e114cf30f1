import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

export interface GitObject {
  readonly sha: string;
  readonly type: 'blob' | 'tree' | 'commit' | 'tag';
  readonly size: number;
  readonly bytes: Buffer;
}

interface Question {
  readonly contents: boolean;
  readonly answer: (object: GitObject | null) => void;
  readonly fail: (error: Error) => void;
}

/** One long-lived `git cat-file --batch-command`: an object read without a process. */
export class BatchReader {
  readonly #dir: string;
  #process: ChildProcessWithoutNullStreams | null = null;
  #questions: Question[] = [];
  #chunks: Buffer[] = [];
  #length = 0;
  #needed = 0;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** @param name any object name: sha, ref, `ref:path`. @returns null when there is no such object. */
  ask(name: string, contents: boolean): Promise<GitObject | null> {
    if (/[\n\0]/.test(name) || name === '') return Promise.resolve(null);
    return new Promise((answer, fail) => {
      this.#questions.push({ contents, answer, fail });
      this.#open().stdin.write(`${contents ? 'contents' : 'info'} ${name}\n`);
    });
  }

  close(): void {
    this.#process?.stdin.end();
    this.#process?.kill();
    this.#process = null;
  }

  #open(): ChildProcessWithoutNullStreams {
    if (this.#process) return this.#process;
    const child = spawn('git', ['cat-file', '--batch-command'], { cwd: this.#dir });
    child.stdout.on('data', (chunk: Buffer) => this.#receive(chunk));
    child.stderr.resume();
    const lost = () => {
      if (this.#process !== child) return;
      this.#process = null;
      for (const question of this.#questions.splice(0)) question.fail(new Error('git cat-file ended'));
    };
    child.on('error', lost);
    child.on('close', lost);
    child.stdin.on('error', lost);
    this.#process = child;
    return child;
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    // Joining on every chunk of a large blob would be quadratic: wait until the announced size is there.
    if (this.#length < this.#needed) return;
    let buffer = Buffer.concat(this.#chunks);
    for (;;) {
      const taken = this.#take(buffer);
      if (taken === 0) break;
      buffer = buffer.subarray(taken);
    }
    this.#chunks = [buffer];
    this.#length = buffer.length;
  }

  #take(buffer: Buffer): number {
    const question = this.#questions[0];
    const line = buffer.indexOf(10);
    this.#needed = 0;
    if (!question || line < 0) return 0;
    const header = buffer.toString('utf8', 0, line);
    const match = /^([0-9a-f]{40}) (blob|tree|commit|tag) (\d+)$/.exec(header);
    if (!match) {
      this.#questions.shift();
      question.answer(null);
      return line + 1;
    }
    const size = Number(match[3]);
    const end = question.contents ? line + 1 + size + 1 : line + 1;
    this.#needed = end;
    if (buffer.length < end) return 0;
    this.#questions.shift();
    const bytes = question.contents
      ? Buffer.from(buffer.subarray(line + 1, line + 1 + size))
      : Buffer.alloc(0);
    question.answer({ sha: match[1] as string, type: match[2] as GitObject['type'], size, bytes });
    return end;
  }
}
