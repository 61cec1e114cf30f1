import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { JobAnnotation } from '../actions-service/run.ts';
import { type LogCommand, parseLogCommand } from './command-file.ts';

const LEVELS: ReadonlyMap<string, JobAnnotation['level']> = new Map([
  ['error', 'failure'],
  ['warning', 'warning'],
  ['notice', 'notice'],
]);

/** The log of one job: masks secrets, carries out workflow commands, writes a file as it goes. */
export class JobLog {
  readonly file: string;
  readonly annotations: JobAnnotation[] = [];
  readonly #now: () => Date;
  readonly #masks = new Set<string>();
  #stopToken: string | undefined;

  constructor(file: string, now: () => Date) {
    this.file = file;
    this.#now = now;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
  }

  /** Hides a value, each of its lines, and the spellings in which it often shows up, from now on. */
  mask(value: string): void {
    for (const part of [value, ...value.split(/\r?\n/u)].filter((text) => text.trim() !== '')) {
      const base64 = Buffer.from(part).toString('base64');
      for (const text of [part, base64, JSON.stringify(part).slice(1, -1), encodeURIComponent(part)])
        this.#masks.add(text);
    }
  }

  /** Replaces every masked value by `***`, longest first. */
  hide(text: string): string {
    const masks = [...this.#masks].sort((a, b) => b.length - a.length);
    return masks.reduce((rest, mask) => rest.replaceAll(mask, '***'), text);
  }

  /** Takes one line of a step's output, which may be a workflow command. */
  take(line: string): void {
    if (this.#stopToken !== undefined) {
      if (line.trim() === `::${this.#stopToken}::`) this.#stopToken = undefined;
      else this.write(line);
      return;
    }
    const command = parseLogCommand(line);
    if (command === undefined) this.write(line);
    else this.#obey(command, line);
  }

  /** Writes one line as it is, masked. */
  write(line: string): void {
    appendFileSync(this.file, `${this.#now().toISOString()} ${this.hide(line)}\n`);
  }

  /** Reports an error of the runner itself. */
  fail(message: string): void {
    this.write(`##[error]${message}`);
    this.annotations.push({
      level: 'failure',
      path: '.github',
      line: 1,
      title: '',
      message: this.hide(message),
    });
  }

  #obey(command: LogCommand, line: string): void {
    const level = LEVELS.get(command.name);
    if (level !== undefined) {
      this.write(`##[${command.name}]${command.message}`);
      this.#annotate(level, command);
    } else if (command.name === 'add-mask') this.mask(command.message);
    else if (command.name === 'group') this.write(`##[group]${command.message}`);
    else if (command.name === 'endgroup') this.write('##[endgroup]');
    else if (command.name === 'stop-commands') this.#stopToken = command.message;
    else if (command.name === 'debug') this.write(`##[debug]${command.message}`);
    // set-output and save-state by log line were taken away: they are ordinary text now.
    else this.write(line);
  }

  #annotate(level: JobAnnotation['level'], { properties, message }: LogCommand): void {
    const line = Number(properties.get('line') ?? 1);
    this.annotations.push({
      level,
      path: properties.get('file') ?? '.github',
      line: Number.isInteger(line) && line > 0 ? line : 1,
      title: this.hide(properties.get('title') ?? ''),
      message: this.hide(message),
    });
  }
}
