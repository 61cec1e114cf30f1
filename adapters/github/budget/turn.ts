interface Waiting {
  readonly isUrgent: boolean;
  readonly begin: () => void;
}

/** Lets so many in at once; who is urgent comes before everybody who is not, and before nobody who is. */
export class Turn {
  private free: number;
  private waiting: Waiting[] = [];

  constructor(places: number) {
    this.free = places;
  }

  async take<T>(isUrgent: boolean, work: () => Promise<T>): Promise<T> {
    await this.enter(isUrgent);
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private enter(isUrgent: boolean): Promise<void> {
    if (this.free > 0) {
      this.free -= 1;
      return Promise.resolve();
    }
    return new Promise((begin) => this.waiting.push({ isUrgent, begin }));
  }

  private leave(): void {
    const at = Math.max(
      0,
      this.waiting.findIndex(({ isUrgent }) => isUrgent),
    );
    const [next] = this.waiting.splice(at, 1);
    if (next === undefined) this.free += 1;
    else next.begin();
  }
}
