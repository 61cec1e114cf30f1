/**
 * Keeps what cannot change, up to a weight: whatever was used longest ago goes first. A key that is being read is not
 * read twice; what failed is read again.
 */
export class Kept<T> {
  private readonly values = new Map<string, { readonly value: T; readonly weight: number }>();
  private readonly reading = new Map<string, Promise<T>>();
  private readonly maxWeight: number;
  private readonly weigh: (value: T) => number;
  private weight = 0;

  /** @param weigh weight of one value, in the unit of `maxWeight`; what weighs over half of it is not kept */
  constructor(maxWeight: number, weigh: (value: T) => number = () => 1) {
    this.maxWeight = maxWeight;
    this.weigh = weigh;
  }

  get(key: string): T | undefined {
    const known = this.values.get(key);
    if (known === undefined) return undefined;
    this.values.delete(key);
    this.values.set(key, known);
    return known.value;
  }

  put(key: string, value: T): void {
    this.delete(key);
    const weight = this.weigh(value);
    if (!(weight * 2 <= this.maxWeight)) return;
    this.values.set(key, { value, weight });
    this.weight += weight;
    for (const [oldest] of this.values) {
      if (this.weight <= this.maxWeight) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    this.weight -= this.values.get(key)?.weight ?? 0;
    this.values.delete(key);
  }

  /** @param isFinal false: given to whoever asks now, and not kept */
  read(key: string, load: () => Promise<T>, isFinal: (value: T) => boolean = () => true): Promise<T> {
    const known = this.get(key);
    if (known !== undefined) return Promise.resolve(known);
    const running = this.reading.get(key);
    if (running !== undefined) return running;
    const reading = load()
      .then((value) => {
        if (isFinal(value)) this.put(key, value);
        return value;
      })
      .finally(() => this.reading.delete(key));
    this.reading.set(key, reading);
    return reading;
  }
}
