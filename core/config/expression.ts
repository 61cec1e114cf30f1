/**
 * A row expression of a contract, as read: `arrival >= departure and (delay is missing or delay < 1440)`.
 * Three-valued as in SQL: an empty cell makes a comparison unknown. Only the engine turns it into a query.
 */
export type Expression =
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** `is missing`, `is present`: never unknown. */
  | { readonly kind: 'presence'; readonly column: string; readonly missing: boolean }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'negative'; readonly of: Expression }
  | {
      readonly kind: 'logic';
      readonly operator: 'and' | 'or';
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'comparison';
      readonly operator: '=' | '!=' | '<' | '<=' | '>' | '>=';
      readonly left: Expression;
      readonly right: Expression;
    }
  /** Numbers only; division by zero is unknown. */
  | {
      readonly kind: 'arithmetic';
      readonly operator: '+' | '-' | '*' | '/';
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'in'; readonly of: Expression; readonly values: readonly (string | number)[] }
  | { readonly kind: 'call'; readonly name: ExpressionFunction; readonly of: Expression };

/** abs of a number; length (code points) and lower of a text; parts of a timestamp (UTC), as numbers. */
export type ExpressionFunction = 'abs' | 'length' | 'lower' | 'year' | 'month' | 'day' | 'hour' | 'weekday';
