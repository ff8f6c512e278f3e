import { HerokuCli } from "../../support/heroku-cli";
import { TestInstance } from "../docker/test-instance";

/** Heroku's CLI and a Local Heroku for it. */
export class CliFixture {
  private constructor(
    readonly test: TestInstance,
    readonly heroku: HerokuCli,
  ) {}

  static async open(): Promise<CliFixture> {
    const test = await TestInstance.start();
    return new CliFixture(test, new HerokuCli(test.url));
  }

  async destroy(): Promise<void> {
    this.heroku.destroy();
    await this.test.destroy();
  }
}
