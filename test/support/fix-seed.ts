import fc from "fast-check";

/**
 * What gates a change must answer the same for the same commit, so CI sets FC_SEED (`.ci/run`). Without it every run
 * draws new inputs, and prints the seed of what it finds.
 */
const seed = process.env.FC_SEED ?? "";
if (seed !== "") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
