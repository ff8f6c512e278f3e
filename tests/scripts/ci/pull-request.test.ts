import { updateComment } from "../../../scripts/ci/pull-request.mjs";

const pullRequest = { api: "https://api.test", repository: "o/r", number: 7, token: "t0ken" };
const comments = "https://api.test/repos/o/r/issues/7/comments";
const ours = { id: 5, body: "<!-- m -->\nold", user: { login: "github-actions[bot]" } };
const stranger = { id: 4, body: "<!-- m -->\nmine", user: { login: "someone" } };

/** GitHub with these pages of comments; keeps the requests. */
function gitHub(...pages: object[][]) {
  const requests: { method: string; url: string; body: unknown; authorization: string | null }[] = [];
  const send = async (url: string | URL | Request, init: RequestInit = {}) => {
    const { method = "GET", body, headers } = init;
    const authorization = new Headers(headers).get("authorization");
    requests.push({ method, url: String(url), body: body && JSON.parse(String(body)), authorization });
    const page = Number(new URL(String(url)).searchParams.get("page"));
    return Response.json(method === "GET" ? (pages[page - 1] ?? []) : {});
  };
  return { requests, send };
}

describe("updateComment", () => {
  it("writes a first comment where no other has the marker", async () => {
    const { requests, send } = gitHub([]);

    await updateComment(pullRequest, "<!-- m -->", "new", send);

    expect(requests).toEqual([
      { method: "GET", url: `${comments}?per_page=100&page=1`, body: undefined, authorization: "Bearer t0ken" },
      { method: "POST", url: comments, body: { body: "new" }, authorization: "Bearer t0ken" },
    ]);
  });

  it("writes its former comment anew, on whichever page it is", async () => {
    const { requests, send } = gitHub(Array(100).fill(stranger), [ours]);

    await updateComment(pullRequest, "<!-- m -->", "new", send);

    expect(requests.at(-1)).toMatchObject({
      method: "PATCH",
      url: "https://api.test/repos/o/r/issues/comments/5",
      body: { body: "new" },
    });
    expect(requests).toHaveLength(3);
  });

  it("leaves a comment of someone else alone, whatever it begins with", async () => {
    const { requests, send } = gitHub([stranger]);

    await updateComment(pullRequest, "<!-- m -->", "new", send);

    expect(requests.at(-1)).toMatchObject({ method: "POST", url: comments });
  });

  it("says which request GitHub refused and why, without the token", async () => {
    const send = async () => new Response("Resource not accessible by integration", { status: 403 });

    await expect(updateComment(pullRequest, "<!-- m -->", "new", send)).rejects.toThrow(
      new Error("GET /repos/o/r/issues/7/comments: 403 Resource not accessible by integration"),
    );
  });
});
