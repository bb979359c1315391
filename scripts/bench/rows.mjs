import { format, validateCsv, validateYaml } from "./rows/files.mjs";
import { floorCsv, floorYaml } from "./rows/floor.mjs";
import { octodns } from "./rows/octodns.mjs";
import { reports } from "./rows/reports.mjs";
import { requests } from "./rows/requests.mjs";
import { startUp } from "./rows/start-up.mjs";
import { terraform } from "./rows/terraform.mjs";
import { upRows } from "./rows/up.mjs";

/** Every row, in the order of the table. @type {readonly import("./lib/row.mjs").Row[]} */
export const rows = [
  ...upRows,
  terraform,
  octodns,
  floorCsv,
  floorYaml,
  requests,
  startUp,
  reports,
  validateCsv,
  validateYaml,
  format,
];
