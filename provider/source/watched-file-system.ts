import fs from "node:fs";
import type { FileSystemAdapter } from "tinyglobby";
import type { SourceRoots } from "./source-roots.js";

type Done<Result> = (error: NodeJS.ErrnoException | null, result: Result) => void;

/**
 * A file system for the glob library that reports what could not be read. The library skips it, and a folder that is
 * skipped looks like people who left. A link to a folder outside of the source is reported and not followed: it may
 * lead to a whole disk.
 */
export function watchedFileSystem(
  roots: SourceRoots,
  report: (path: string, error: Error | "outside") => void,
): FileSystemAdapter {
  const reporting =
    <Result>(path: string, done: Done<Result>): Done<Result> =>
    (error, result) => {
      if (error !== null) report(path, error);
      done(error, result);
    };
  const readdir = (path: string, options: { readonly withFileTypes: true }, done: Done<fs.Dirent[]>): void =>
    fs.readdir(path, options, (error, entries) => {
      // A glob may begin in a folder that is not there: then it matches nothing, which is said elsewhere.
      if (error !== null && error.code !== "ENOENT") report(path, error);
      done(error, entries);
    });
  const realpath = (path: string, done: Done<string>): void =>
    fs.realpath.native(
      path,
      reporting(path, (error, real) => {
        if (error !== null || roots.hold(real)) return done(error, real);
        // A file is judged later, by its name: only roster files matter.
        fs.stat(real, (failed, stats) => {
          if (failed !== null || !stats.isDirectory()) return done(null, real);
          report(path, "outside");
          done(Object.assign(new Error("outside of the source"), { code: "ELOOP" }), real);
        });
      }),
    );
  const stat = (path: string, done: Done<fs.Stats>): void => fs.stat(path, reporting(path, done));
  return {
    readdir: readdir as typeof fs.readdir,
    realpath: realpath as typeof fs.realpath,
    stat: stat as typeof fs.stat,
  };
}
