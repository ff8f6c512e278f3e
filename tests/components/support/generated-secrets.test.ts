import { generatedSecrets } from "../../../components/support/generated-secrets";
import { Recorder, resolved } from "../../support/recorder";

describe("generatedSecrets", () => {
  it("creates a random text for each config var", async () => {
    const recorder = await Recorder.start({ outputs: ({ name }) => ({ result: `random ${name}` }) });
    const { SECRET_KEY, SALT, ...others } = generatedSecrets(["SECRET_KEY", "SALT"]);

    expect(others).toEqual({});
    expect(SECRET_KEY && (await resolved(SECRET_KEY))).toBe("random secret-key");
    expect(SALT && (await resolved(SALT))).toBe("random salt");
    expect((await recorder.ofType("random:index/randomPassword:RandomPassword")).map(({ inputs }) => inputs)).toEqual([
      { length: 64, special: false },
      { length: 64, special: false },
    ]);
  });
});
