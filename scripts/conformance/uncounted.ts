/** Why an approval does not count, in one word of conformance/README.md for each sentence of the decision. */
const words: readonly (readonly [RegExp, string])[] = [
  [/^It was dismissed\.$/, 'dismissed'],
  [/^The same person asked for changes later\.$/, 'withdrawn'],
  [/^A later review of the same person/, 'replaced'],
  [/: nobody approves work of their own\.$/, 'own work'],
  [/ holds .*; asked for: /, 'no role'],
  [/^The time it was given .* could not be read\.$/, 'no time'],
  [/^There is no complete evidence yet/, 'nothing to approve'],
  [/before the evidence there was complete/, 'too early'],
  [/where there was no evidence to see\.$/, 'nothing seen'],
  [/ for something else: /, 'something else'],
  [/^It was given more than .* and has expired: /, 'expired'],
  [/^Approvals expire here, and the time of this decision could not be told\.$/, 'expired'],
];

/** @returns the word; a sentence that is not known stands for itself, so that the comparison fails on it */
export const wordFor = (because: string): string =>
  words.find(([form]) => form.test(because))?.[1] ?? because;
