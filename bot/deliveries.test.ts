import { expect, it } from 'vitest';
import { startDeliveryBench } from '../test/bot/deliveries.ts';

// Every order of every subset: `npm run soak -- deliveries`.
it('whatever is delivered, in whatever order, the ledger is the same to the byte after one reconcile', async () => {
  const bench = await startDeliveryBench();
  try {
    const expected = await bench.play([]);
    expect(expected).toContain('1: ### ✅ Recorded');
    // The later merge waits for the earlier one, also where it is refused: with and without having been heard of.
    for (const order of [[0], [2, 2], [4, 5, 1]]) expect(await bench.play(order), `${order}`).toBe(expected);
  } finally {
    await bench.close();
  }
});
