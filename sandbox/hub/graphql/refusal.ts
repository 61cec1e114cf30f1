/** An error that GitHub reports inside HTTP 200, with its type beside the message. */
export class Refusal extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.name = 'Refusal';
    this.type = type;
  }
}
