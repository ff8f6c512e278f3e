import { appendFileSync, readFileSync } from "node:fs";
import { main } from "../support/main.mjs";
import { NotReady } from "../support/not-ready.mjs";
import { marker, previewComment } from "./preview-comment.mjs";
import { updateComment } from "./pull-request.mjs";

/** @param {string} name */
function variable(name) {
  const value = process.env[name];
  if (!value) throw new NotReady(`${name} is not set; this runs in a workflow of GitHub Actions`);
  return value;
}

// Turns the result of a preview into the summary of the job and the stack's comment on the pull request.
await main(async () => {
  const [stack, file] = process.argv.slice(2);
  if (!stack || !file)
    throw new NotReady("usage: node scripts/ci/comment-preview.mjs <stack> <file of pulumi preview --json>");
  const repository = variable("GITHUB_REPOSITORY");
  const comment = previewComment(readFileSync(file, "utf8"), {
    stack,
    commit: variable("HEAD_COMMIT"),
    runUrl: `${variable("GITHUB_SERVER_URL")}/${repository}/actions/runs/${variable("GITHUB_RUN_ID")}`,
  });
  appendFileSync(variable("GITHUB_STEP_SUMMARY"), comment);
  const number = Number(variable("PULL_REQUEST"));
  const pullRequest = { api: variable("GITHUB_API_URL"), repository, number, token: variable("GITHUB_TOKEN") };
  await updateComment(pullRequest, marker(stack), comment);
});
