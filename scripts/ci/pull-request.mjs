/**
 * A pull request, and the token to write comments with.
 * @typedef {{ api: string, repository: string, number: number, token: string }} PullRequest
 */

const author = "github-actions[bot]";

/**
 * Writes the comment that holds the marker anew, or a first one. A comment of anyone else is never touched, whatever
 * it holds.
 * @param {PullRequest} pullRequest
 * @param {string} marker
 * @param {string} body
 * @param {typeof fetch} [send]
 */
export async function updateComment(pullRequest, marker, body, send = fetch) {
  const { api, repository, number } = pullRequest;
  const comments = `${api}/repos/${repository}/issues/${number}/comments`;
  for (let page = 1; ; page += 1) {
    /** @type {{ id: number, body: string, user: { login: string } }[]} */
    const found = await request(pullRequest, "GET", `${comments}?per_page=100&page=${page}`, undefined, send);
    const ours = found.find((comment) => comment.user.login === author && comment.body.startsWith(marker));
    if (ours) {
      await request(pullRequest, "PATCH", `${api}/repos/${repository}/issues/comments/${ours.id}`, { body }, send);
      return;
    }
    if (found.length < 100) break;
  }
  await request(pullRequest, "POST", comments, { body }, send);
}

/**
 * @param {PullRequest} pullRequest
 * @param {string} method
 * @param {string} url
 * @param {object | undefined} content
 * @param {typeof fetch} send
 */
async function request({ token }, method, url, content, send) {
  const response = await send(url, {
    method,
    headers: { accept: "application/vnd.github+json", authorization: `Bearer ${token}` },
    body: content && JSON.stringify(content),
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) {
    throw new Error(`${method} ${new URL(url).pathname}: ${response.status} ${(await response.text()).slice(0, 300)}`);
  }
  return response.json();
}
