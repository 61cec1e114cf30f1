import type { Verdict } from '../finding/finding.ts';
import type { Phrase, Section } from './block.ts';
import { verdictWords } from './icon.ts';

export function headline(verdict: Verdict, text: Phrase): Section {
  return {
    name: 'headline',
    rank: 0,
    blocks: [{ kind: 'heading', level: 3, text: [`${verdictWords[verdict]}: `, ...text] }],
  };
}

export function fixSections(findings: readonly { readonly fix: string }[]): readonly Section[] {
  const fixes = [...new Set(findings.map(({ fix }) => fix))].slice(0, 5);
  if (fixes.length === 0) return [];
  const items = fixes.map((fix): Phrase => [fix]);
  return [
    {
      name: 'next steps',
      rank: 0,
      blocks: [
        { kind: 'paragraph', text: [{ strong: 'Next' }] },
        { kind: 'steps', items },
      ],
    },
  ];
}

export const footer = (text: Phrase): Section => ({
  name: 'footer',
  rank: 0,
  blocks: [{ kind: 'small', text }],
});
