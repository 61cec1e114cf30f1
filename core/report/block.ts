/**
 * What a report says, before it is Markdown or terminal text. Strings in it are raw: the renderers escape every one of
 * them, so that no writer of a sentence can forget to.
 */
export type Inline =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  /** A text of several sentences, shown whole. */
  | { readonly prose: string }
  | { readonly link: string; readonly to: string; readonly code?: boolean };

export type Phrase = readonly Inline[];

export interface Table {
  readonly kind: 'table';
  readonly head: readonly string[];
  /** `r` for numbers; absent: all left. */
  readonly align?: readonly ('l' | 'r')[];
  readonly rows: readonly (readonly Phrase[])[];
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3 | 4; readonly text: Phrase }
  | { readonly kind: 'paragraph'; readonly text: Phrase }
  | { readonly kind: 'quote'; readonly text: Phrase }
  | { readonly kind: 'steps'; readonly items: readonly Phrase[] }
  | { readonly kind: 'list'; readonly items: readonly Phrase[] }
  /** A picture in `mermaid` stands beside a table with the same numbers: a terminal shows the table alone. */
  | {
      readonly kind: 'fence';
      readonly language: 'diff' | 'text' | 'yaml' | 'mermaid';
      readonly lines: readonly string[];
    }
  /** Folded in Markdown. The title is ours: no text from data. */
  | { readonly kind: 'fold'; readonly title: string; readonly blocks: readonly Block[] }
  | { readonly kind: 'small'; readonly text: Phrase }
  | Table;

/** A part that is shown whole or not at all. */
export interface Section {
  /** For the note that says what was left out. */
  readonly name: string;
  /** 0 is never left out; higher numbers go first. */
  readonly rank: number;
  readonly blocks: readonly Block[];
}

export const paragraph = (...text: readonly Inline[]): Block => ({ kind: 'paragraph', text });
