/** An answer that GitHub gives instead of success: thrown anywhere below a handler. */
export class HubError extends Error {
  readonly status: number;
  readonly errors: readonly unknown[] | undefined;

  constructor(status: number, message: string, errors?: readonly unknown[]) {
    super(message);
    this.name = 'HubError';
    this.status = status;
    this.errors = errors;
  }
}

export const notFound = (): HubError => new HubError(404, 'Not Found');

/** What GitHub says to an app or job token that lacks a scope. */
export const notAccessible = (): HubError => new HubError(403, 'Resource not accessible by integration');

/** 422 in the common shape: one problem with one field. */
export function validationFailed(
  resource: string,
  field: string,
  message: string,
  code = 'custom',
): HubError {
  return new HubError(422, 'Validation Failed', [{ resource, field, code, message }]);
}
