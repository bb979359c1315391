// Runs before the simulator, in its process: on a message with a number, the process kills itself at that step in the file
// system from then on. A write is done by half first.
const files = require("node:fs/promises");

let stepsLeft = Number.POSITIVE_INFINITY;

process.on("message", (steps) => {
  stepsLeft = steps;
  process.send("understood");
});

/** Kills the process when this is the step. */
async function step(half) {
  stepsLeft -= 1;
  if (stepsLeft !== 0) return;
  await half?.();
  process.kill(process.pid, "SIGKILL");
  await new Promise(() => {});
}

for (const name of ["rename", "rm"]) {
  const real = files[name];
  files[name] = async (...args) => {
    await step();
    return real(...args);
  };
}

const open = files.open;
files.open = async (...args) => {
  await step();
  const file = await open(...args);
  for (const name of ["sync", "datasync", "truncate", "close"]) {
    const real = file[name].bind(file);
    file[name] = async (...rest) => {
      await step();
      return real(...rest);
    };
  }
  const write = file.write.bind(file);
  file.write = async (buffer, offset, length, position) => {
    await step(() => write(buffer, offset, Math.floor(length / 2), position));
    return write(buffer, offset, length, position);
  };
  const writeFile = file.writeFile.bind(file);
  file.writeFile = async (text) => {
    await step(() => writeFile(text.slice(0, text.length / 2)));
    return writeFile(text);
  };
  return file;
};
