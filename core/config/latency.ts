/** `latency` of model.yml: how a version is served, and under which load its latency is measured. */
export interface LatencyConfig {
  readonly serve: ServeConfig;
  readonly load: LoadConfig;
}

/** The team's server: started with GATEHOUSE_MODEL, GATEHOUSE_HOST and GATEHOUSE_PORT, ended after each round. */
export interface ServeConfig {
  readonly command: string;
  /** Path that answers with a status from 200 to 299 once the model is loaded. */
  readonly ready: string;
  readonly readySeconds: number;
}

/** The load, the same for challenger and champion. Its digest names the measurement. */
export interface LoadConfig {
  readonly request: RequestConfig;
  readonly arrival: Arrival;
  /** Load before each round that is not counted. */
  readonly warmUpSeconds: number;
  /** How often each model is started and measured, in turns. */
  readonly rounds: number;
  /** From the moment at which a request was due; what takes longer counts as this long. */
  readonly timeoutMs: number;
  /** Of the random arrivals: the same for both models. */
  readonly seed: number;
  /** Price of the serving machine; absent: no cost is told. */
  readonly costPerHour?: number;
}

export type RequestBody =
  /** Held-out rows as JSON objects, one a request, without the key column. */
  | {
      readonly kind: 'rows';
      /** The row goes as a list of one under this name; absent: it is the body. */
      readonly under?: string;
    }
  /** Lines of a file of the repository, one a request. */
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'none' };

export interface RequestConfig {
  readonly path: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly body: RequestBody;
  readonly contentType: string;
  /** Any other status is an error. */
  readonly expectedStatus: readonly number[];
}

export type Arrival =
  | {
      readonly kind: 'declared';
      readonly pattern: 'poisson' | 'constant';
      /** Requests a second. */
      readonly rate: number;
      readonly seconds: number;
    }
  | {
      readonly kind: 'recorded';
      /** CSV file of the repository. */
      readonly path: string;
      /** Column with seconds or with times in UTC. */
      readonly column: string;
      /** 2: twice as fast as it was recorded. */
      readonly speed: number;
      /** How much of it is played, after the speed. */
      readonly seconds: number;
    };
