/** Something this machine lacks, said in one sentence that ends in what to do about it. Shown without a stack trace. */
export class NotReady extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "NotReady";
  }
}
