import { extname } from "node:path";
import { InvalidArgumentError } from "commander";
import { fileFrom } from "./arguments.js";

/** The forms in which a plan is written. */
export const FORMATS = ["text", "json", "markdown", "html"] as const;
export type Format = (typeof FORMATS)[number];

const BY_EXTENSION: Readonly<Record<string, Format>> = {
  ".txt": "text",
  ".json": "json",
  ".md": "markdown",
  ".html": "html",
};

/** A file that a report is written to, in the form that its name says. */
export interface OutFile {
  readonly file: string;
  readonly format: Format;
}

/** One more file for the report. */
export function outFrom(text: string, before: readonly OutFile[] | undefined): readonly OutFile[] {
  const file = fileFrom(text);
  const extension = extname(file).toLowerCase();
  const format = Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension] : undefined;
  if (format !== undefined) return [...(before ?? []), { file, format }];
  const known = Object.entries(BY_EXTENSION).map(([name, of]) => `${name} (${of})`);
  throw new InvalidArgumentError(`The end of the name says the form: ${known.join(", ")}.`);
}
