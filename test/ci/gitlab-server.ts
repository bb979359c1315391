import { type Got, type Played, play, type Reply } from "./http-server.js";

export const BOT = { id: 90, username: "project_1_bot" };
export const MALLORY = { id: 66, username: "mallory" };

type User = typeof BOT;

export interface Note {
  readonly id: number;
  /** `merge_requests/7` or `issues/3`. */
  readonly on: string;
  readonly author: User;
  readonly system: boolean;
  body: string;
  lastEditedBy: User | null;
}

export interface Issue {
  readonly iid: number;
  readonly author: User;
  readonly title: string;
  readonly confidential: boolean;
  description: string;
  state: "opened" | "closed";
}

export interface GitLabServer extends Played {
  readonly notes: Note[];
  readonly issues: Issue[];
  /** By commit. */
  readonly merged: Map<string, unknown[]>;
  readonly add: (on: string, author: User, body: string) => Note;
  readonly bodies: (on: string, author?: User) => string[];
}

const PAGE = 3;

/** Plays the API of GitLab, as far as the scripts use it. */
export async function playGitLab(token: string): Promise<GitLabServer> {
  const notes: Note[] = [];
  const issues: Issue[] = [];
  const merged: GitLabServer["merged"] = new Map();
  let ids = 100;
  const add: GitLabServer["add"] = (on, author, body) => {
    const note = { id: ++ids, on, author, system: false, body, lastEditedBy: null };
    notes.push(note);
    return note;
  };
  const answer = ({ method, path, query, headers, json }: Got): Reply => {
    if (headers["private-token"] !== token) return { status: 401, json: { message: "401 Unauthorized" } };
    if (path === "/api/v4/user") return { json: BOT };
    if (path === "/api/graphql") {
      const found = notes.find(({ id }) => json.variables.id === `gid://gitlab/Note/${id}`);
      return {
        json: {
          data: { note: found === undefined ? null : { author: found.author, lastEditedBy: found.lastEditedBy } },
        },
      };
    }
    const [, rest = ""] = /^\/api\/v4\/projects\/11\/(.*)$/.exec(path) ?? [];
    const [kind = "", first = "", second = "", third = ""] = rest.split("/");
    const on = `${kind}/${first}`;
    const note = notes.find((one) => one.on === on && String(one.id) === third);
    const issue = issues.find(({ iid }) => String(iid) === first);
    switch (`${method} ${rest.replace(/\/(\d+|[0-9a-f]{40})(?=\/|$)/g, "/N")}`) {
      case "GET merge_requests/N/notes":
        return paged(notes.filter((one) => one.on === on));
      case "POST merge_requests/N/notes":
      case "POST issues/N/notes":
        return { status: 201, json: add(on, BOT, json.body) };
      case "PUT merge_requests/N/notes/N":
        if (note === undefined) return { status: 404, json: { message: "404 Note Not Found" } };
        Object.assign(note, { body: json.body, lastEditedBy: BOT });
        return { json: note };
      case "DELETE merge_requests/N/notes/N":
        if (note === undefined) return { status: 404 };
        notes.splice(notes.indexOf(note), 1);
        return { status: 204 };
      case "GET repository/commits/N/merge_requests":
        return paged(merged.get(second) ?? []);
      case "GET issues":
        return paged(issues.filter(({ state }) => state === query.get("state")));
      case "POST issues":
        issues.push({ iid: ++ids, author: BOT, state: "opened", ...json });
        return { status: 201, json: issues.at(-1) };
      case "PUT issues/N":
        if (issue === undefined) return { status: 404 };
        Object.assign(issue, json.state_event === "close" ? { state: "closed" } : json);
        return { json: issue };
      default:
        return { status: 404, json: { message: `not played: ${method} ${rest}` } };
    }
    function paged(items: readonly unknown[]): Reply {
      const page = Number(query.get("page") ?? 1);
      const next = items.length > page * PAGE ? String(page + 1) : "";
      return { headers: { "x-next-page": next }, json: items.slice((page - 1) * PAGE, page * PAGE) };
    }
  };
  return Object.assign(await play(answer), {
    notes,
    issues,
    merged,
    add,
    bodies: (on: string, author: User = BOT) =>
      notes.filter((one) => one.on === on && one.author.id === author.id).map(({ body }) => body),
  });
}
