/** A request to the simulator's own controls that makes no sense. */
export class ControlError extends Error {
  override readonly name = "ControlError";
  constructor(
    message: string,
    readonly status: 400 | 404 | 409 = 400,
  ) {
    super(message);
  }
}
