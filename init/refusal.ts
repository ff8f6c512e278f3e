/** Why no stack file is written: one sentence, which ends in what to do. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}
