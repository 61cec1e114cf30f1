import { RE2JS } from 're2js';

/** True for a regular expression of RE2: one that is matched in linear time, whatever the data. */
export function isPattern(text: string): boolean {
  try {
    RE2JS.compile(text);
    return true;
  } catch {
    // What is wrong with it is in the reader's eye: the finding names the line and the dialect.
    return false;
  }
}
