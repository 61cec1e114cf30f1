import { isName } from '../config/model-name.ts';

/** Words that name a place or a step, not a model. */
const generic = new Set(
  'model models train training trainer fit src source scripts script artifacts artifact output outputs out data dataset datasets best final checkpoint checkpoints latest pipeline pipelines notebooks notebook ml lib app bin weights saved saved-models save code main run dist build raw processed interim features file files table tables'.split(
    ' ',
  ),
);

/** A legal name made of a text; null when nothing of it is left. */
export function toSlug(text: string): string | null {
  const slug = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return isName(slug) ? slug : null;
}

/** The word of a file name that says what it is about: `train_churn.py` is about `churn`; null: it says only what it does. */
export function topicOf(stem: string): string | null {
  const slug = stem
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^(?:train(?:ing|er)?|fit)-|-(?:train(?:ing|er)?|fit|models?)$/g, '');
  const name = toSlug(slug);
  return name === null || generic.has(name) ? null : name;
}

/** The nearest word of a path that says what it is about. */
export function topicOfPath(path: string): string | null {
  const parts = path.split('/');
  const stem = (parts.pop() ?? '').replace(/\.dvc$/, '').replace(/\.[^.]+$/, '');
  return [...parts, stem].reverse().reduce<string | null>((found, part) => found ?? topicOf(part), null);
}
