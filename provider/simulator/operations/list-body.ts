import type { RowFault } from "../faults/fault.js";
import { badRequest } from "../rules/refusal.js";
import { isObject } from "../shapes/mapping-json.js";
import type { Simulation } from "../simulation.js";
import { list } from "./list.js";
import { INT32 } from "./query.js";

/**
 * `POST /v2/developers/list?pageIndex=&pageSize=` with `{"sortOrder", "searchKey", "searchValue", "sortKey",
 * "developerRefIds"}`: the list of the previous generation. Every key may be left out, null or (a text) empty.
 *
 * @throws Refusal 400 for a key of another type, and for what the current generation's list refuses
 */
export function listByBody(
  { dialect, ...simulation }: Simulation,
  query: URLSearchParams,
  body: unknown,
  faults: readonly RowFault[],
): Response {
  if (!isObject(body)) throw badRequest("The body must be an object.");
  const asked = new URLSearchParams();
  for (const name of ["pageIndex", "pageSize"]) {
    const value = query.get(name);
    if (value !== null) asked.set(name, value);
  }
  for (const name of ["sortOrder", "searchKey", "searchValue", "sortKey"]) {
    const value = body[name] ?? null;
    if (value === null) continue;
    if (typeof value !== "string") throw badRequest(`${name} must be a string.`);
    // A blank value is what somebody may look for; any other blank says nothing.
    if (value !== "" || (name === "searchValue" && asked.has("searchKey"))) asked.set(name, value);
  }
  for (const id of readIds(body["developerRefIds"] ?? [])) asked.append("developerRefIds", String(id));
  return list({ ...simulation, dialect: { ...dialect, multiValue: "repeated" } }, asked, faults);
}

function readIds(ids: unknown): readonly number[] {
  const wrong = () => badRequest("developerRefIds must be a list of integers.");
  if (!Array.isArray(ids)) throw wrong();
  return ids.map((id: unknown) => {
    if (typeof id !== "number" || !Number.isInteger(id) || id < 0 || id > INT32) throw wrong();
    return id;
  });
}
