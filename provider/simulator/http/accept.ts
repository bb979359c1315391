import { Refusal } from "../rules/refusal.js";

/**
 * Content negotiation between JSON and CSV: JSON for a missing header and for a wildcard.
 *
 * @throws Refusal 406 for a header that takes neither
 */
export function negotiate(accept: string | undefined): "json" | "csv" {
  if (accept === undefined || accept.trim() === "") return "json";
  const ranges = accept
    .split(",")
    .map((range) => {
      const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith("q="));
      return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { type } of ranges) {
    if (type === "application/json" || type === "application/*" || type === "*/*") return "json";
    if (type === "text/csv" || type === "text/*") return "csv";
  }
  throw new Refusal(406, `There is no ${accept} of this.`);
}
