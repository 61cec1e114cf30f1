import process from 'node:process';
import { startDeliveryBench } from './deliveries.ts';

/**
 * Plays every order of every subset of six deliveries, and each of these six in order with one of them twice at every
 * place. The first argument says how many of them, spread evenly; all when absent.
 */
const ofSix = [0, 1, 2, 3, 4, 5];

function ordersOf(rest: readonly number[]): readonly (readonly number[])[] {
  return [
    [],
    ...rest.flatMap((one) => ordersOf(rest.filter((other) => other !== one)).map((more) => [one, ...more])),
  ];
}

const doubled = ofSix.flatMap((twice) =>
  [...ofSix, 6].map((place) => [...ofSix.slice(0, place), twice, ...ofSix.slice(place)]),
);
const all = [...ordersOf(ofSix), ...doubled];
const wanted = Math.min(all.length, Number(process.argv[2] ?? all.length));
const orders = Array.from({ length: wanted }, (_, at) => all[Math.floor((at * all.length) / wanted)] ?? []);

const bench = await startDeliveryBench();
const expected = await bench.play([]);
console.log(expected);
let [passed, failed] = [0, 0];
for (const order of orders) {
  const end = await bench.play(order);
  if (end === expected) passed += 1;
  else {
    failed += 1;
    console.log(`deliveries ${order.join(' ')} end differently:\n${end}`);
  }
}
await bench.close();
console.log(`${passed} passed, ${failed} failed of ${all.length} orders`);
process.exit(0);
