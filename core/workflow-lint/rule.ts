import type { Path } from '../config/position.ts';
import type { Workflow } from './workflow.ts';

/** What one rule has against one place of a file. */
export interface Flaw {
  readonly path: Path;
  /** Point at the key instead of the value. */
  readonly at?: 'key';
  /** Text inside the value: the finding points at the line on which it stands. */
  readonly needle?: string;
  /** The line holds what nobody should read once more: no excerpt of it. */
  readonly isHidden?: true;
  readonly message: string;
  readonly found?: string;
  readonly fix: string;
}

/** One rule about workflows: pure, and blind to every other rule. */
export interface Rule {
  /** Name of the rule; the code of its findings is `workflow/<name>`. */
  readonly name: string;
  readonly find: (workflow: Workflow) => readonly Flaw[];
}
