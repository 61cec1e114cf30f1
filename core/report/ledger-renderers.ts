import type { LedgerLayout } from '../registry/layout.ts';
import type { LedgerRenderers } from '../registry/render.ts';
import { renderModelCard } from './card.ts';
import { renderLedgerReadme } from './front-page.ts';

/** The Markdown pages of a ledger, for whoever writes or verifies one: both must render the same bytes. */
export function ledgerRenderersFor(layout: LedgerLayout): LedgerRenderers {
  const toRoot = layout === 'own' ? '' : '../';
  return { modelCard: renderModelCard, readme: (states) => renderLedgerReadme(states, toRoot) };
}
