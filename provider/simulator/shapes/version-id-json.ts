import { randomUUID } from "node:crypto";
import type { Dialect } from "../dialect/dialect.js";

/** A new versionId, as it stands in a path once it is decoded. */
export function newVersionId(number: number, { versionIdType }: Pick<Dialect, "versionIdType">): string {
  switch (versionIdType) {
    case "numericString":
    case "number":
      return String(number);
    case "uuid":
      return randomUUID();
    case "opaque":
      return `v:${number}/é?%20 ${randomUUID().slice(0, 8)}`;
  }
}

/** The versionId in JSON. */
export function versionIdJson(id: string, { versionIdType }: Pick<Dialect, "versionIdType">): string | number {
  return versionIdType === "number" && /^\d+$/.test(id) ? Number(id) : id;
}
