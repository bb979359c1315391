import { PassThrough } from "node:stream";
import { confirm } from "../../provider/cli/confirm.js";

async function answer(...typed: string[]): Promise<[boolean, string]> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const asked = confirm("Apply this plan?", input, output);
  for (const text of typed) input.write(text);
  input.end();
  return [await asked, String(output.read())];
}

test.each(["y\n", "Y\n", "yes\n", " Yes \r\n"])("%j is a yes", async (text) => {
  expect(await answer(text)).toEqual([true, "Apply this plan? [y/N] "]);
});

test.each([["\n"], ["n\n"], ["yep\n"], ["y y\n"], ["no\n", "y\n"], []])("%j is a no", async (...typed) => {
  expect((await answer(...typed))[0]).toBe(false);
});
