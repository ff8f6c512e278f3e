import Dockerode from "dockerode";
import { Engine } from "../../../emulator/docker/engine";
import { ContainerRun } from "../../../emulator/dynos/container-run";

describe("a run of a container", () => {
  it("leaves no connection open when the container is removed before it has started", async () => {
    const docker = new Dockerode();
    const streams: NodeJS.ReadableStream[] = [];
    const getContainer = docker.getContainer.bind(docker);
    docker.getContainer = (id) => {
      const container = getContainer(id);
      const attach = container.attach.bind(container);
      const start = container.start.bind(container);
      return Object.assign(container, {
        attach: async (options: Dockerode.ContainerAttachOptions) => {
          const stream = await attach(options);
          streams.push(stream);
          return stream;
        },
        start: async () => {
          await getContainer(id).remove({ force: true });
          await start();
        },
      });
    };
    const image = "debian:trixie-slim";
    const spec = { name: "removed", image, command: ["sleep", "60"], role: "dyno", network: "bridge" };

    await expect(ContainerRun.start(new Engine(docker, "test-removed"), spec, () => {})).rejects.toThrow(
      "No such container",
    );

    expect(streams).toMatchObject([{ destroyed: true }]);
  });
});
