import { type ContributorLists, timeOfVersion } from "../account/contributor-lists.js";
import { additionalFields } from "../shapes/contributor-json.js";
import type { Json } from "../shapes/record-json.js";
import { versionAsked } from "./contributor-versions.js";

/**
 * `GET /v1/org/users/schema`: the fields of contributors. Beside the columns there is `integration`, which is none ("Add a
 * column for every integration"), as in the documented example. Before the setup it is name and email.
 *
 * @throws Refusal as `versionAsked` does
 */
export function contributorSchema(lists: ContributorLists, query: URLSearchParams): Response {
  const { columns, revision } = versionAsked(lists, query);
  const system = columns === null;
  const fields = [
    ["full_name", "Name", "Name"],
    ["email", "Email", "Unique email address per member"],
    ...(system ? [] : [["integration", "Integration", "Add a column for every integration"]]),
    ...additionalFields(columns ?? []).map(([key, { name }]) => [key, name, name]),
  ].map(([key = "", display = "", description = ""], at) => field(at + 1, key, display, description, system));
  const version = Math.max(1, revision);
  return Response.json({ version, created_at: timeOfVersion(version), fields });
}

function field(index: number, key: string, display_name: string, description: string, system_field: boolean): Json {
  return { index, key, display_name, description, type: "string", system_field };
}
