import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import { InputError } from '../error/error.ts';
import { type DvcEntry, type DvcMap, type DvcNode, type DvcScalar, type Span, textOf } from './node.ts';
import { resolvePlain } from './plain-scalar.ts';

type ScalarEvent = Extract<Event, { type: typeof EVENT_ID.SCALAR }>;

/** No file that people or DVC write comes near: locks of hundreds of stages stay below 1 MiB. */
const maxDocumentBytes = 16_777_216;
/** Nodes after every alias has been unfolded: a few lines of YAML could stand for billions. */
const maxNodes = 1_000_000;
const maxDepth = 100;

/**
 * Reads a YAML file of DVC: each scalar by DVC's rules, its text kept, aliases and `<<` unfolded.
 * @param text pull-request controlled
 * @param source file name, for messages
 * @param code under which faults are told
 * @throws InputError `code` for anything that DVC would not read, and for documents beyond 16 MiB, 100 levels or
 * 1,000,000 nodes
 */
export function parseDvcYaml(text: string, source: string, code = 'DVC_YAML'): DvcNode {
  const subject: Source = { file: source, code };
  if (Buffer.byteLength(text) > maxDocumentBytes) throw refuse(subject, 'it is over 16 MiB');
  return new Builder(text, subject, readEvents(text, subject)).document();
}

interface Source {
  readonly file: string;
  readonly code: string;
}

function readEvents(text: string, source: Source): readonly Event[] {
  try {
    return parseEvents(text, { filename: source.file, maxDepth });
  } catch (cause) {
    const mark = cause instanceof YAMLException ? cause.mark : undefined;
    const why = cause instanceof YAMLException ? `it is not YAML: ${cause.reason}` : 'it is not YAML';
    throw refuse(source, why, mark?.position === undefined ? undefined : mark.line + 1, cause);
  }
}

interface Built {
  readonly node: DvcNode;
  /** Nodes in it, itself included. */
  readonly weight: number;
}

class Builder {
  readonly text: string;
  readonly source: Source;
  readonly events: readonly Event[];
  readonly anchors = new Map<string, Built>();
  next = 0;
  nodes = 0;

  constructor(text: string, source: Source, events: readonly Event[]) {
    this.text = text;
    this.source = source;
    this.events = events;
  }

  document(): DvcNode {
    const documents = this.events.filter(({ type }) => type === EVENT_ID.DOCUMENT).length;
    if (documents > 1) throw this.refuse('it holds several documents', 0);
    this.next = 1;
    // Comments alone are no document, or one without a node.
    if (documents === 0 || this.events[this.next]?.type === EVENT_ID.POP)
      return { kind: 'plain', type: 'null', text: '' };
    return this.build().node;
  }

  build(): Built {
    const event = this.events[this.next++];
    if (event === undefined) throw this.refuse('it breaks off', this.text.length);
    const built = this.buildEvent(event);
    if ('anchorStart' in event && event.type !== EVENT_ID.ALIAS && event.anchorStart >= 0) {
      this.anchors.set(this.text.slice(event.anchorStart, event.anchorEnd), built);
    }
    return built;
  }

  buildEvent(event: Event): Built {
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return { node: this.scalar(event), weight: this.count(1) };
      case EVENT_ID.ALIAS:
        return this.alias(event.anchorStart, event.anchorEnd);
      case EVENT_ID.SEQUENCE:
        this.allowTag(event, ['!!seq']);
        return this.list();
      case EVENT_ID.MAPPING:
        this.allowTag(event, ['!!map']);
        return this.map(event.start);
      default:
        throw this.refuse('it breaks off', 0);
    }
  }

  alias(start: number, end: number): Built {
    const name = this.text.slice(start, end);
    const built = this.anchors.get(name);
    if (built === undefined) throw this.refuse(`there is no anchor "${name}"`, start);
    this.count(built.weight);
    return built;
  }

  /** Counts nodes as if every alias were written out. */
  count(weight: number): number {
    this.nodes += weight;
    if (this.nodes > maxNodes) throw this.refuse(`it stands for more than ${maxNodes} values`, 0);
    return weight;
  }

  list(): Built {
    const items: DvcNode[] = [];
    let weight = this.count(1);
    while (this.events[this.next]?.type !== EVENT_ID.POP) {
      const item = this.build();
      items.push(item.node);
      weight += item.weight;
    }
    this.next += 1;
    return { node: { kind: 'list', items }, weight };
  }

  map(start: number): Built {
    const own = new Map<string, DvcEntry>();
    const merged: DvcMap[] = [];
    let weight = this.count(1);
    while (this.events[this.next]?.type !== EVENT_ID.POP) {
      const key = this.build();
      const value = this.build();
      weight += key.weight + value.weight;
      this.pair(key.node, value.node, start, own, merged);
    }
    this.next += 1;
    return { node: { kind: 'map', entries: mergeEntries(own, merged) }, weight };
  }

  pair(key: DvcNode, value: DvcNode, start: number, own: Map<string, DvcEntry>, merged: DvcMap[]): void {
    if (key.kind !== 'text' && key.kind !== 'plain') throw this.refuse('a key is no scalar', start);
    if (key.kind === 'text' && key.value === '<<' && this.isPlain(key.at)) {
      merged.push(...this.mergeSources(value, start));
      return;
    }
    const id = keyId(key);
    if (own.has(id)) throw this.refuse(`the key "${textOf(key)}" stands twice`, key.at?.[0] ?? start);
    own.set(id, { key, value });
  }

  isPlain(at: Span | undefined): boolean {
    return at !== undefined && this.text[at[0]] === '<';
  }

  mergeSources(value: DvcNode, start: number): readonly DvcMap[] {
    const sources = value.kind === 'list' ? value.items : [value];
    return sources.map((source) => {
      if (source.kind !== 'map') throw this.refuse('"<<" merges something that is no map', start);
      return source;
    });
  }

  scalar(event: ScalarEvent): DvcScalar {
    this.allowTag(event, ['!!str']);
    const value = getScalarValue(this.text, event);
    const at = spanOf(event);
    const type = event.style === SCALAR_STYLE.PLAIN && event.tagStart < 0 ? resolvePlain(value) : null;
    return type === null ? { kind: 'text', value, at } : { kind: 'plain', type, text: value, at };
  }

  allowTag(event: { readonly tagStart: number; readonly tagEnd: number }, allowed: readonly string[]): void {
    if (event.tagStart < 0) return;
    const tag = this.text.slice(event.tagStart, event.tagEnd);
    if (!allowed.includes(tag)) throw this.refuse(`the tag "${tag}" is not supported`, event.tagStart);
  }

  refuse(why: string, position: number): InputError {
    return refuse(this.source, why, this.text.slice(0, Math.max(0, position)).split('\n').length);
  }
}

/** What is merged stands first, as DVC's reader has it; own keys win, then earlier sources. */
function mergeEntries(own: ReadonlyMap<string, DvcEntry>, merged: readonly DvcMap[]): readonly DvcEntry[] {
  if (merged.length === 0) return [...own.values()];
  const all = new Map<string, DvcEntry>();
  for (const { entries } of merged) {
    for (const entry of entries) if (!all.has(keyId(entry.key))) all.set(keyId(entry.key), entry);
  }
  for (const [id, entry] of own) all.set(id, entry);
  return [...all.values()];
}

/** `1` and `'1'` are two keys. */
function keyId(key: DvcScalar): string {
  return `${key.kind === 'text' ? 'text' : key.type} ${textOf(key)}`;
}

/** Events give what lies between the quotes. */
function spanOf({ valueStart, valueEnd, style }: ScalarEvent): Span {
  const quotes = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0;
  return [valueStart - quotes, valueEnd + quotes];
}

function refuse({ file, code }: Source, why: string, line?: number, cause?: unknown): InputError {
  return new InputError(code, `${file} cannot be read: ${why}`, {
    hint: 'Write the file again with DVC, or correct it by hand.',
    where: { file, ...(line === undefined ? {} : { line }) },
    cause,
  });
}
