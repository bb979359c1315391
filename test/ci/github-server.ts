import { type Got, type Played, play, type Reply } from "./http-server.js";

export const BOT = { login: "github-actions[bot]", type: "Bot" };
export const MALLORY = { login: "mallory", type: "User" };
/** The name of a person that looks like the bot's. */
export const IMPOSTOR = { login: "github-actions", type: "User" };

export interface Comment {
  readonly id: number;
  readonly number: number;
  readonly user: { readonly login: string; readonly type: string };
  body: string;
  /** Who edited it last; null when nobody did. */
  editor: { readonly __typename: string; readonly login: string } | null;
}

export interface Issue {
  readonly number: number;
  readonly user: Comment["user"];
  readonly title: string;
  readonly pull_request?: object;
  readonly labels: readonly string[];
  body: string;
  state: "open" | "closed";
}

export interface GitHubServer extends Played {
  readonly comments: Comment[];
  readonly issues: Issue[];
  /** By number, as `GET /pulls/N` has them. */
  readonly pulls: Map<number, unknown>;
  /** By commit, as `GET /commits/SHA/pulls` has them. */
  readonly merged: Map<string, unknown[]>;
  readonly artifacts: { id: number; name: string; zip: Buffer; expired?: boolean; size_in_bytes?: number }[];
  /** Whom the token writes as. */
  writer: Comment["user"];
  readonly add: (number: number, user: Comment["user"], body: string) => Comment;
  readonly bodies: (number: number, user?: Comment["user"]) => string[];
}

const REPOSITORY = "/repos/acme/people";
/** Small, so that a test needs no hundreds of comments: a server may give fewer than it is asked for. */
const PAGE = 3;

/** Plays the API of GitHub, as far as the scripts use it. */
export async function playGitHub(): Promise<GitHubServer> {
  const comments: Comment[] = [];
  const issues: Issue[] = [];
  const pulls: GitHubServer["pulls"] = new Map();
  const merged: GitHubServer["merged"] = new Map();
  const artifacts: GitHubServer["artifacts"] = [];
  let ids = 1000;
  const add: GitHubServer["add"] = (number, user, body) => {
    const comment = { id: ++ids, number, user, body, editor: null };
    comments.push(comment);
    return comment;
  };

  const answer = (got: Got, url: string): Reply => {
    const { method, path, query, json } = got;
    if (path === "/blob") {
      const zip = artifacts.find(({ id }) => String(id) === query.get("id"))?.zip ?? Buffer.alloc(0);
      return got.headers.authorization === undefined ? { bytes: zip } : { status: 400 };
    }
    if (got.headers.authorization !== "Bearer ghs_test-token")
      return { status: 401, json: { message: "Bad credentials" } };
    if (path === "/graphql") return { json: { data: { node: nodeOf(json.variables.id) } } };
    if (!path.startsWith(REPOSITORY)) return { status: 404, json: { message: "Not Found" } };
    const rest = path.slice(REPOSITORY.length);
    const [, kind = "", first = "", second = "", third = ""] = rest.split("/");
    const route = `${method} ${rest.replace(/\/(\d+|[0-9a-f]{40})(?=\/|$)/g, "/N")}`;
    const one = comments.find(({ id }) => String(id) === second);
    switch (route) {
      case "GET /issues/N/comments":
        return paged(comments.filter(({ number }) => String(number) === first).map(commentJson));
      case "POST /issues/N/comments":
        return created(json.body);
      case "GET /issues/comments/N":
        return one === undefined ? gone() : { json: commentJson(one) };
      case "PATCH /issues/comments/N":
        if (one === undefined) return gone();
        if (tooLong(json.body)) return { status: 422, json: { message: "body is too long" } };
        Object.assign(one, { body: json.body, editor: actor(server.writer) });
        return { json: commentJson(one) };
      case "DELETE /issues/comments/N":
        if (one === undefined) return gone();
        comments.splice(comments.indexOf(one), 1);
        return { status: 204 };
      case "GET /issues":
        return paged(issues.filter(({ state }) => state === query.get("state")));
      case "POST /issues":
        issues.push({
          number: ++ids,
          user: server.writer,
          title: json.title,
          labels: json.labels,
          body: json.body,
          state: "open",
        });
        return { status: 201, json: issues.at(-1) };
      case "PATCH /issues/N": {
        const issue = issues.find(({ number }) => String(number) === first);
        if (issue === undefined) return gone();
        Object.assign(issue, json);
        return { json: issue };
      }
      case "GET /pulls/N":
        return pulls.has(Number(first)) ? { json: pulls.get(Number(first)) } : gone();
      case "GET /commits/N/pulls":
        return paged(merged.get(first) ?? []);
      case "GET /actions/runs/N/artifacts":
        return { json: { artifacts: artifacts.map(({ zip, ...rest }) => ({ size_in_bytes: zip.length, ...rest })) } };
      case "GET /actions/artifacts/N/zip":
        return { status: 302, headers: { location: `${url}/blob?id=${second}` } };
      default:
        return { status: 404, json: { message: `not played: ${kind} ${third} ${route}` } };
    }

    function created(body: string): Reply {
      if (tooLong(body)) return { status: 422, json: { message: "body is too long" } };
      return { status: 201, json: commentJson(add(Number(first), server.writer, body)) };
    }
    function paged(items: readonly unknown[]): Reply {
      const page = Number(query.get("page") ?? 1);
      const next = `${url}${path}?${new URLSearchParams({ ...Object.fromEntries(query), page: String(page + 1) })}`;
      const more = items.length > page * PAGE;
      return {
        headers: more ? { link: `<${url}${path}?page=1>; rel="first", <${next}>; rel="next"` } : {},
        json: items.slice((page - 1) * PAGE, page * PAGE),
      };
    }
  };
  const nodeOf = (id: string) => {
    const comment = comments.find((one) => `IC_${one.id}` === id);
    return comment === undefined ? null : { author: actor(comment.user), editor: comment.editor };
  };

  const server: GitHubServer = Object.assign(await play(answer), {
    comments,
    issues,
    pulls,
    merged,
    artifacts,
    writer: BOT,
    add,
    bodies: (number: number, user: Comment["user"] = BOT) =>
      comments.filter((one) => one.number === number && one.user.login === user.login).map(({ body }) => body),
  });
  return server;
}

/** GraphQL names a bot without its brackets. */
export function actor({ login, type }: Comment["user"]) {
  return { __typename: type, login: login.replace(/\[bot\]$/, "") };
}

function commentJson({ id, user, body }: Comment) {
  return { id, node_id: `IC_${id}`, user, body };
}

function tooLong(body: string): boolean {
  return [...body].length > 65_536;
}

function gone(): Reply {
  return { status: 404, json: { message: "Not Found" } };
}
