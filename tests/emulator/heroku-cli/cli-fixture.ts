import { delimiter, join } from "node:path";
import { CLI_HOST } from "../../../emulator/certificate";
import { HerokuCli } from "../../support/heroku-cli";
import { dockerFolder } from "../../support/heroku-cli-registry";
import { TestInstance } from "../docker/test-instance";

/** Heroku's CLI with a Local Heroku that it drives. */
export class CliFixture {
  private constructor(
    readonly test: TestInstance,
    readonly heroku: HerokuCli,
  ) {}

  static async open(): Promise<CliFixture> {
    const test = await TestInstance.start();
    return new CliFixture(test, HerokuCli.at(test.url));
  }

  /** Over HTTPS, as the CLI reaches the container registry. */
  static async openOverHttps(): Promise<CliFixture> {
    const test = await TestInstance.start({}, 443);
    const heroku = new HerokuCli({
      HEROKU_HOST: CLI_HOST,
      HEROKU_DATA_HOST: `api.${CLI_HOST}`,
      HEROKU_PARTICLEBOARD_URL: `https://api.${CLI_HOST}`,
      NODE_EXTRA_CA_CERTS: join(test.folder, "certificate.pem"),
      PATH: [dockerFolder, process.env.PATH].join(delimiter),
    });
    return new CliFixture(test, heroku);
  }

  async destroy(): Promise<void> {
    this.heroku.destroy();
    await this.test.destroy();
  }
}
