import type { Dialect } from "../dialect/dialect.js";
import { badRequest, Refusal } from "../rules/refusal.js";

/** @throws Refusal when a file is larger than the dialect allows */
export function checkFileSize(file: Uint8Array, { maxFileBytes, tooLargeStatus }: Dialect): void {
  if (maxFileBytes !== null && file.byteLength > maxFileBytes) {
    throw new Refusal(tooLargeStatus, `The file is larger than ${maxFileBytes} bytes.`);
  }
}

/** @throws Refusal when a batch is larger than the dialect allows, or empty where that is refused */
export function checkBatch(size: number, max: number | null, { emptyBatch, tooLargeStatus }: Dialect): void {
  if (size === 0 && emptyBatch === "badRequest") throw badRequest("The list is empty.");
  if (max !== null && size > max) throw new Refusal(tooLargeStatus, `More than ${max} records in one request.`);
}
