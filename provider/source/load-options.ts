import type { Day } from "../roster/day.js";

/** How a roster is loaded. */
export interface LoadOptions {
  /** The day that dates are compared with. The clock is read once, by the program or the command. */
  readonly asOf: Day;
  /** A review looks more closely: an exception that has expired is an error there, and has no effect elsewhere. */
  readonly review?: boolean;
  /** A flag makes it a part of an account, so that managers may live outside of it. */
  readonly scoped?: boolean;
}

/** How a source of files is loaded. */
export interface SourceOptions extends LoadOptions {
  /** What paths are relative to, in the source and in findings. Default: the working directory. */
  readonly cwd?: string;
  /** The size in bytes from which a file is too large to be a roster. Default: 32 MiB. */
  readonly maxFileSize?: number;
  /** Told again and again which part of a large YAML file is parsed, from 0 to 1. Nothing else runs meanwhile. */
  readonly onParsing?: OnParsing;
}

export type OnParsing = (file: string, share: number) => void;
