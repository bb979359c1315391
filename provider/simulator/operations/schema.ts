import { columnKey } from "../../roster/field-mapping.js";
import type { Column } from "../account/columns.js";
import { setupNeeded } from "../rules/refusal.js";
import { isObject, mappingJson } from "../shapes/mapping-json.js";
import { versionIdJson } from "../shapes/version-id-json.js";
import type { Simulation } from "../simulation.js";

/**
 * `GET /v2/developers/schema`: "Get the latest developer field mappings (schema) for the account."
 *
 * @throws Refusal the dialect's status before the setup
 */
export function schema({ store, dialect, orgTreeFields }: Simulation): Response {
  const { columns, active } = store.visible;
  const { schemaBeforeSetup, mappingForm } = dialect;
  if (columns === null) {
    if (schemaBeforeSetup === "null") return Response.json(null);
    if (schemaBeforeSetup !== "emptyList") throw setupNeeded(schemaBeforeSetup);
    return Response.json(mappingJson([], mappingForm));
  }
  if (!dialect.schemaDetails) return Response.json(mappingJson(columns, mappingForm));
  const needed = new Set(orgTreeFields.map(columnKey));
  const required = ({ name, type }: Column) => type !== "CUSTOM" || needed.has(columnKey(name));
  const json = mappingJson(columns, mappingForm, required);
  const version = active === null ? {} : { versionId: versionIdJson(active, dialect) };
  // A bare map has no room: a key more would be a column more.
  return Response.json(mappingForm.wrapper !== null && isObject(json) ? { ...json, ...version } : json);
}
