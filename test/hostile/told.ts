/** One line of what the child tells. */
export type Told =
  | { readonly kind: 'good'; readonly surface: string; readonly isTaken: boolean; readonly answer: string }
  | {
      readonly kind: 'file';
      readonly surface: string;
      readonly name: string;
      readonly isExpected: boolean;
      readonly answer: string;
      /** Work of the processor: other programs on the machine do not count. */
      readonly cpuMs: number;
    }
  /** Memory of the whole process at its most, the runtime and the making of the files included. */
  | {
      readonly kind: 'end';
      readonly files: number;
      readonly peakBytes: number;
      readonly isPolluted: boolean;
    };
